// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/errand.h"
#include "networks/feedparser.h"
#include "networks/feedposition.h"

namespace Earshot {

/// The document that a walk stood in at the end of its last page, so that the next page need not fetch it again. Only
/// worth something to a walk that goes on exactly from there.
struct FeedCache
{
    QString walk;
    Feed feed;
    qsizetype firstLeft = 0; ///< the items before it were taken
};

/// Makes one Page: reads at most one document (a page of the feed, or one entry's comments), gives at most 200 messages
/// of it, and says what comes next.
class FeedPull final : public Errand<Page>
{
public:
    struct Setting
    {
        ChannelAccess access;
        HttpTransport *http = nullptr;
        const Clock *clock = nullptr;
        std::shared_ptr<FeedCache> cache;
    };
    FeedPull(QObject *connector, Setting setting, const Position &position);
    void start();

private:
    void beginWalk();
    void fetch(const QUrl &url);
    void onFeedAnswer(const HttpAnswer &answer);
    void takeFeed(const HttpAnswer &answer, Feed feed);
    void onCommentsAnswer(const Result<HttpAnswer> &answer);
    void takeFeedPage(Feed feed);
    void leaveFeedPage(const Feed &feed);
    void leaveFeed();
    void takeComments(Feed feed);
    void giveUpComments(const Error &error);
    void learnComments(const Feed &feed);
    [[nodiscard]] bool takeItems(Feed &feed, const PendingComments *entry);
    [[nodiscard]] bool isMorePagesWanted(const Feed &feed) const;
    [[nodiscard]] bool areCommentsLeft() const;
    void goOn(Feed feed);
    void goOn();
    void finishWalk();

    Setting m_setting;
    QString m_oldText;
    FeedMark m_old;
    QString m_walkText;
    FeedWalk m_walk;
    qsizetype m_firstLeft = 0;
    Page m_page;
};

} // namespace Earshot
