// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wordpressworld.h"

namespace Earshot {

WordPressWorld::WordPressWorld()
    : site(std::make_shared<FakeWordPress>(QStringLiteral("blog.example"), clock))
{
    transport.add(site);
    editor = site->addUser(QStringLiteral("brand"), QStringLiteral("Lantern Coffee"), QStringLiteral("editor"),
                           QStringLiteral("RZni BtO1 hy6P tSwc Cmiv 78Xo"));
    reader = site->addUser(QStringLiteral("moss"), QStringLiteral("Moss Fan"), QStringLiteral("subscriber"),
                           QStringLiteral("aaaa bbbb cccc dddd eeee ffff"));
    post = site->addPost(QStringLiteral("Our new winter blend & more"));
}

ChannelAccess WordPressWorld::access() const
{
    ChannelAccess access = publicAccess();
    access.user = QStringLiteral("brand");
    access.secret = Secret("RZni BtO1 hy6P tSwc Cmiv 78Xo");
    return access;
}

ChannelAccess WordPressWorld::publicAccess() const
{
    ChannelAccess access;
    access.network = Network::wordpress;
    access.address = QStringLiteral("https://blog.example");
    return access;
}

std::unique_ptr<WordPressConnector> WordPressWorld::connector(const ChannelAccess &access)
{
    return std::make_unique<WordPressConnector>(access, NetworkSetting{&transport, &clock});
}

void WordPressWorld::visitors(int count)
{
    for (int i = 0; i < count; ++i) {
        clock.advance(std::chrono::minutes(1));
        site->visitorComment(post, QStringLiteral("Guest %1").arg(i), QStringLiteral("comment %1").arg(i));
    }
}

QString WordPressWorld::uri(qint64 comment) const
{
    return QStringLiteral("https://blog.example/#comment-%1").arg(comment);
}

void KeptPages::keep(const Page &page)
{
    for (const RemoteMessage &message : page.messages)
        messages.insert(message.uri, message);
    for (const RemoteChange &change : page.changes)
        changes.insert(change.uri, change);
    position = page.next;
    ++pages;
}

Done KeptPages::pullAll(WordPressConnector &connector)
{
    for (bool hasMore = true; hasMore;) {
        const Result<Page> page = await(connector.pull(position));
        if (!page)
            return tl::unexpected<Error>(page.error());
        keep(*page);
        hasMore = page->hasMore;
        if (pages > 1'000)
            return fail(ErrorKind::unknown, QStringLiteral("the walk does not end"));
    }
    return {};
}

} // namespace Earshot
