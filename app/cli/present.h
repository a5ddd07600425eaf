// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/rowjson.h"
#include "model/outcome.h"
#include "model/records.h"

#include <QJsonObject>

namespace Earshot {

// What else a command shows as JSON, as desk/rowjson.h has it.

[[nodiscard]] QJsonObject deliveryJson(const DeliveryRecord &delivery);
[[nodiscard]] QJsonObject journalJson(const JournalRecord &line);
[[nodiscard]] QJsonObject channelJson(const ChannelRecord &channel);
[[nodiscard]] QJsonObject capabilitiesJson(const Capabilities &capabilities);
[[nodiscard]] QJsonObject agentJson(const AgentRecord &agent);
[[nodiscard]] QJsonObject findingJson(const Finding &finding);
[[nodiscard]] QJsonObject reportJson(const ChannelReport &report);
[[nodiscard]] QJsonObject outcomeJson(const Outcome &outcome);

} // namespace Earshot
