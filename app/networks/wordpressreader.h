// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/wordpressposts.h"

#include <QSet>

namespace Earshot {

/// As many rows as the interface gives at a time.
constexpr qint64 mostRows = 100;

/// Where a backward walk over the comments stands: what a Position's `walk` holds. The REST interface knows no bound by
/// number and its dates lie (a moderator sets them), so a walk counts rows, newest number first.
struct WordPressWalk
{
    qint64 top = 0;    ///< highest number at its start: the mark when it ends
    qint64 offset = 0; ///< rows that are stored already, counted from the newest
    qint64 total = -1; ///< rows that the site had at the last page; -1 = it does not say

    bool operator==(const WordPressWalk &) const = default;
};

[[nodiscard]] QString toText(const WordPressWalk &walk);
/// Nothing when the text is no walk: then it starts anew.
[[nodiscard]] std::optional<WordPressWalk> walkFrom(const QString &text);

/// Reads a site's comments: the backward walk of pull(), the present state of those we hold, one post's thread. Its
/// futures end when the site's callbacks come, or as cancelled when the site dies. Lives on the network thread.
class WordPressReader final
{
public:
    explicit WordPressReader(WordPressSite &site)
        : m_site(site)
        , m_posts(site)
    {
    }

    [[nodiscard]] QFuture<Result<Page>> pull(const Position &position);
    [[nodiscard]] QFuture<Result<Page>> refresh(const QList<KnownMessage> &messages);

private:
    using PendingPage = std::shared_ptr<Pending<Page>>;

    struct Refreshing
    {
        QList<qint64> ids;
        qint64 user = 0;
        Page page;
        PendingPage pending;
    };

    void pullPage(const Position &position, qint64 user, const PendingPage &pending);
    void refreshNext(std::shared_ptr<Refreshing> work);
    [[nodiscard]] RestQuery listQuery() const;

    WordPressSite &m_site;
    WordPressPosts m_posts;
};

/// The comments of a list answer; `malformed` when it is no list. Entries that are no comments are left out.
[[nodiscard]] Result<QList<WordPressComment>> readComments(const RestAnswer &answer, const QUrl &base);

} // namespace Earshot
