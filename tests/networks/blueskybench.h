// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connectorbench.h"
#include "fakes/fakebluesky.h"
#include "networks/blueskyconnector.h"

#include <memory>

namespace Earshot {

/// The brand's channel on Bluesky with a fake network behind it.
class BlueskyBench final : public ConnectorBench
{
public:
    BlueskyBench();

    /// A new connector, as after a start of the program: only position, messages and the kept secret survive.
    void restart();
    [[nodiscard]] QStringList missing(const QStringList &uris) const { return missingUris(uris); }
    [[nodiscard]] std::optional<RemoteMessage> message(const QString &uri) const { return stored(uri); }
    [[nodiscard]] Result<Outgoing> answerTo(const QString &uri, const QString &text,
                                            const QString &clientId = QStringLiteral("c-1"))
    {
        return answerToUri(uri, text, clientId);
    }
    /// What the brand has answered to a post, as the network holds it.
    [[nodiscard]] QStringList answersTo(const QString &uri) const;

    std::shared_ptr<FakeBluesky> server;
    std::unique_ptr<BlueskyConnector> connector;

protected:
    [[nodiscard]] Connector &speaker() override { return *connector; }
};

} // namespace Earshot
