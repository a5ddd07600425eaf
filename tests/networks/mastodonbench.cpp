// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mastodonbench.h"

namespace Earshot {

MastodonBench::MastodonBench(FakeMastodon::Dialect dialect)
    : server(std::make_shared<FakeMastodon>(QStringLiteral("social.example"), dialect))
{
    server->addPerson(QStringLiteral("brand"));
    server->addPerson(QStringLiteral("mira"), QStringLiteral("Mira"));
    server->addPerson(QStringLiteral("jo@far.example"));
    transport.add(server);
    access.network = Network::mastodon;
    access.address = QStringLiteral("@brand@social.example");
    access.secret = Secret(FakeMastodon::tokenOf(QStringLiteral("brand")));
    restart();
}

void MastodonBench::restart()
{
    connector = std::make_unique<MastodonConnector>(access, NetworkSetting{.http = &transport, .clock = &clock});
    connector->setPauses(Duration(1), Duration(5));
}

QStringList MastodonBench::missing(const QStringList &ids) const
{
    QStringList absent;
    for (const QString &id : ids) {
        if (!missingUris({server->uriOf(id)}).isEmpty())
            absent.append(id);
    }
    return absent;
}

std::optional<RemoteMessage> MastodonBench::message(const QString &id) const
{
    return stored(server->uriOf(id));
}

Result<Outgoing> MastodonBench::answerTo(const QString &id, const QString &text, const QString &clientId)
{
    return answerToUri(server->uriOf(id), text, clientId);
}

} // namespace Earshot
