// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "networks/mastodonclient.h"

#include <QJsonObject>

#include <functional>

namespace Earshot {

/// What a server says about itself.
struct MastodonServer
{
    QString domain; ///< the part of handles after '@'; empty when it does not say
    QString title;
    QUrl streaming;       ///< of the WebSocket, empty when it does not say
    int apiVersion = 0;   ///< api_versions.mastodon: 0 on everything that is not Mastodon 4.3 or newer
    bool isKnown = false; ///< it answered as a server of this API does
    Capabilities capabilities;
};

/// Reads /api/v2/instance or /api/v1/instance (https://docs.joinmastodon.org/entities/Instance/).
[[nodiscard]] MastodonServer serverFrom(const QJsonObject &instance);

/// Asks for /api/v2/instance, then v1 where that is missing; a server that has neither answers with defaults and
/// `isKnown` false. Errors: those of the transport, malformed.
void askServer(MastodonClient &client, QObject *context, std::function<void(Result<MastodonServer>)> then);

} // namespace Earshot
