// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/questions.h"
#include "desk/rowjson.h"

#include <QStringList>

namespace Earshot {

// The rows of an export: as JSON they say by `type` what they are; the columns are those of a table of them.

[[nodiscard]] const QStringList &conversationExportColumns();
[[nodiscard]] const QStringList &messageExportColumns();
[[nodiscard]] QJsonObject exportRow(const ConversationRecord &conversation, const ChannelsById &channels);
[[nodiscard]] QJsonObject exportRow(const NumberedMessage &numbered, const ChannelsById &channels);

} // namespace Earshot
