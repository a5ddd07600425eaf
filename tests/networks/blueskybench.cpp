// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

#include "networks/jsonvalues.h"

namespace Earshot {

BlueskyBench::BlueskyBench()
    : server(std::make_shared<FakeBluesky>())
{
    server->addPerson(QStringLiteral("brand"), QStringLiteral("The Brand"));
    server->addPerson(QStringLiteral("mira"), QStringLiteral("Mira"));
    server->addPerson(QStringLiteral("jo"));
    transport.add(server);
    clock.value = server->time();
    access.network = Network::bluesky;
    access.address = QStringLiteral("@brand.pds.example");
    access.secret = Secret(FakeBluesky::passwordOf(QStringLiteral("brand")));
    access.keepSecret = [this](const Secret &renewed) { access.secret = renewed; };
    restart();
}

void BlueskyBench::restart()
{
    connector = std::make_unique<BlueskyConnector>(access, NetworkSetting{.http = &transport, .clock = &clock});
}

QStringList BlueskyBench::answersTo(const QString &uri) const
{
    QStringList texts;
    const QStringList posts = server->postsOf(QStringLiteral("brand"));
    for (const QString &post : posts) {
        const QJsonObject reply = objectOf(server->recordOf(post), "reply");
        if (textOf(objectOf(reply, "parent"), "uri") == uri)
            texts.append(server->textOfPost(post));
    }
    return texts;
}

} // namespace Earshot
