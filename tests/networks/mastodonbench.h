// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connectorbench.h"
#include "fakes/fakemastodon.h"
#include "networks/mastodonconnector.h"

#include <memory>

namespace Earshot {

/// The brand's channel with a fake Mastodon behind it.
class MastodonBench final : public ConnectorBench
{
public:
    explicit MastodonBench(FakeMastodon::Dialect dialect = FakeMastodon::Dialect::mastodon);

    /// A new connector, as after a start of the program: only `position` and `stored` survive.
    void restart();
    [[nodiscard]] QStringList missing(const QStringList &ids) const;
    [[nodiscard]] std::optional<RemoteMessage> message(const QString &id) const;
    /// An Outgoing that answers the post, as prepare() made it.
    [[nodiscard]] Result<Outgoing> answerTo(const QString &id, const QString &text,
                                            const QString &clientId = QStringLiteral("c-1"));

    std::shared_ptr<FakeMastodon> server;
    std::unique_ptr<MastodonConnector> connector;

protected:
    [[nodiscard]] Connector &speaker() override { return *connector; }
};

} // namespace Earshot
