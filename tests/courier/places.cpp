// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "places.h"

namespace Earshot {

using namespace std::chrono_literals;

Place wordPressPlace(WorldClock &clock, int comments, int posts)
{
    auto site = std::make_shared<FakeWordPress>(QStringLiteral("blog.example"), clock);
    site->addUser(QStringLiteral("brand"), QStringLiteral("Lantern"), QStringLiteral("editor"), QStringLiteral("pw"));
    QList<qint64> all;
    for (int i = 0; i < posts; ++i)
        all.append(site->addPost(QStringLiteral("Winter blend")));
    for (int i = 0; i < comments; ++i) {
        clock.advance(1s);
        site->visitorComment(all.at(i % posts), QStringLiteral("Visitor %1").arg(i % 7),
                             QStringLiteral("comment %1.").arg(i));
    }
    Act::AddChannel add;
    add.network = Network::wordpress;
    add.address = QStringLiteral("https://blog.example/");
    add.login = QStringLiteral("brand");
    return {site, add, "pw"};
}

Place sitePlace(WorldClock &clock, int comments, int window)
{
    auto site = std::make_shared<FakeSite>(QStringLiteral("site.example"), &clock);
    site->setPaging(true);
    site->setWindow(window);
    const int post = site->addPost(QStringLiteral("Winter blend"), QStringLiteral("<p>New!</p>"));
    for (int i = 0; i < comments; ++i) {
        clock.advance(1s);
        site->addComment(post, QStringLiteral("Visitor %1").arg(i % 7), QStringLiteral("<p>comment %1.</p>").arg(i));
    }
    Act::AddChannel add;
    add.network = Network::feed;
    add.address = QStringLiteral("https://site.example/comments/feed/");
    return {site, add, {}};
}

FakeWordPress &wordPressOf(const CourierWorld &world)
{
    return static_cast<FakeWordPress &>(*world.place.network);
}

} // namespace Earshot
