// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonsession.h"

namespace Earshot {

/// Asks whether settings of the account keep mentions from us that no request brings: a notification policy that drops
/// (https://docs.joinmastodon.org/entities/NotificationPolicy/; what it only filters is asked for with the rest), or,
/// on servers without one, filters that hide (https://docs.joinmastodon.org/entities/Filter/). Ends with words for the
/// channel's health, empty when there is nothing. A server that does not tell is no error.
class MastodonPolicy final : public Errand<QString>
{
public:
    MastodonPolicy(MastodonSession &session, QObject *parent);

private:
    void askFilters(const QByteArray &path);

    MastodonSession &m_session;
};

/// What a NotificationPolicy drops, in words.
[[nodiscard]] QString droppedBy(const QJsonObject &policy);
/// The filters (of either version of the API) that hide notifications at this time, in words.
[[nodiscard]] QString hiddenBy(const QJsonArray &filters, Time now);

} // namespace Earshot
