// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakewordpress.h"
#include "networks/wordpressconnector.h"
#include "tests/networks/await.h"

#include <QMap>

namespace Earshot {

/// A clock that stands where a test puts it.
class StandingClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return m_now; }
    void advance(Duration duration) { m_now += duration; }

private:
    Time m_now = timeFromMs(1'780'000'000'000);
};

/// A fake site with an editor, a reader and a post, and a channel to it.
struct WordPressWorld
{
    WordPressWorld();

    [[nodiscard]] ChannelAccess access() const;
    [[nodiscard]] ChannelAccess publicAccess() const;
    [[nodiscard]] std::unique_ptr<WordPressConnector> connector() { return connector(access()); }
    [[nodiscard]] std::unique_ptr<WordPressConnector> connector(const ChannelAccess &access);
    /// That many visitors' comments on the post, a minute apart.
    void visitors(int count);
    [[nodiscard]] QString uri(qint64 comment) const;

    StandingClock clock;
    std::shared_ptr<FakeWordPress> site;
    FakeTransport transport;
    qint64 editor = 0;
    qint64 reader = 0;
    qint64 post = 0;
};

/// What the courier keeps of a channel: messages by uri, and the position, changed page by page.
struct KeptPages
{
    QMap<QString, RemoteMessage> messages;
    QMap<QString, RemoteChange> changes;
    Position position;
    int pages = 0;

    void keep(const Page &page);
    /// Pulls until nothing more follows; the first error ends it.
    [[nodiscard]] Done pullAll(WordPressConnector &connector);
};

} // namespace Earshot
