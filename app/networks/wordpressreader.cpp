// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressreader.h"

#include <QJsonArray>
#include <QStringBuilder>

#include <algorithm>

namespace Earshot {

namespace {

/// Rows read twice at each step where rows may slip out of a page unnoticed: when the site does not tell its total, or
/// shows only approved comments, which may be approved late anywhere in the list.
constexpr qint64 overlap = 10;

/// A comment without a readable date is never too old.
bool isBefore(const WordPressComment &comment, Time horizon)
{
    return isKnown(comment.sentAt) && comment.sentAt < horizon;
}

bool isOlderThan(const QList<WordPressComment> &comments, Time horizon)
{
    return isKnown(horizon) && !comments.isEmpty() &&
           std::all_of(comments.cbegin(), comments.cend(),
                       [horizon](const WordPressComment &comment) { return isBefore(comment, horizon); });
}

/// What one page says about the walk.
struct Step
{
    Position next;
    bool hasMore = false;
};

struct Met
{
    QString markText;
    qint64 mark = 0;
    Time horizon; ///< for what is not newer than the mark
};

Step stepOf(WordPressWalk walk, const RestAnswer &answer, const QList<WordPressComment> &comments, const Met &met,
            bool seesAll)
{
    qint64 top = 0;
    // The first page that shows anything decides: what arrives during the walk is the next walk's.
    for (const WordPressComment &comment : comments)
        top = std::max(top, comment.id);
    if (walk.top == 0)
        walk.top = top;
    // Rows above this page that went away moved rows of ours past it: at most as many as the total fell, since every
    // arrival moves them the other way. So that many rows are read again.
    const qint64 lost = answer.total >= 0 && walk.total > answer.total ? walk.total - answer.total : 0;
    const qint64 end = walk.offset + mostRows;
    const bool isEdge = answer.total >= 0 ? end >= answer.total : answer.json.array().isEmpty();
    const bool hasMetMark =
        std::any_of(comments.cbegin(), comments.cend(), [&](const auto &c) { return c.id <= met.mark; });
    const bool isDone = isEdge || hasMetMark || (met.markText.isEmpty() && isOlderThan(comments, met.horizon));
    if (lost == 0 && isDone) {
        return {{QString::number(std::max(met.mark, walk.top)), {}}, false};
    }
    const qint64 step = seesAll && answer.total >= 0 ? mostRows : mostRows - overlap;
    walk.offset = lost > 0 ? std::max<qint64>(0, walk.offset - lost) : walk.offset + step;
    walk.total = answer.total;
    return {{met.markText, toText(walk)}, true};
}

} // namespace

QString toText(const WordPressWalk &walk)
{
    return QString::number(walk.top) % u' ' % QString::number(walk.offset) % u' ' % QString::number(walk.total);
}

std::optional<WordPressWalk> walkFrom(const QString &text)
{
    const QStringList parts = text.split(u' ');
    if (parts.size() != 3)
        return std::nullopt;
    const WordPressWalk walk{parts.at(0).toLongLong(), parts.at(1).toLongLong(), parts.at(2).toLongLong()};
    return walk.top >= 0 && walk.offset >= 0 && walk.total >= -1 ? std::optional(walk) : std::nullopt;
}

Result<QList<WordPressComment>> readComments(const RestAnswer &answer, const QUrl &base)
{
    if (!answer.json.isArray())
        return fail(ErrorKind::malformed, QStringLiteral("no list of comments"));
    QList<WordPressComment> comments;
    const QJsonArray list = answer.json.array();
    for (const QJsonValue &value : list) {
        if (const auto comment = readComment(value.toObject(), base); comment && !isInternal(*comment))
            comments.append(*comment);
    }
    return comments;
}

RestQuery WordPressReader::listQuery() const
{
    RestQuery query{{QStringLiteral("per_page"), QString::number(mostRows)},
                    {QStringLiteral("_fields"), commentFields()}};
    // Only who is signed in may ask for more than approved comments and no pings.
    if (m_site.isSignedIn()) {
        query.append({QStringLiteral("status"), QStringLiteral("any")});
        query.append({QStringLiteral("type"), QStringLiteral("all")});
    }
    return query;
}

QFuture<Result<Page>> WordPressReader::pull(const Position &position)
{
    const PendingPage pending = Pending<Page>::create();
    m_site.withUser([this, position, pending](const Result<qint64> &user) {
        if (!user)
            return pending->end(tl::unexpected<Error>(user.error()));
        pullPage(position, *user, pending);
    });
    return pending->future();
}

void WordPressReader::pullPage(const Position &position, qint64 user, const PendingPage &pending)
{
    const WordPressWalk walk = walkFrom(position.walk).value_or(WordPressWalk());
    RestQuery query = listQuery();
    query.append({QStringLiteral("orderby"), QStringLiteral("id")});
    query.append({QStringLiteral("order"), QStringLiteral("desc")});
    query.append({QStringLiteral("offset"), QString::number(walk.offset)});
    m_site.get(QStringLiteral("/wp/v2/comments"), query, [=, this](const Result<RestAnswer> &answer) {
        if (!answer)
            return pending->end(tl::unexpected<Error>(answer.error()));
        const auto comments = readComments(*answer, m_site.base());
        if (!comments)
            return pending->end(tl::unexpected<Error>(comments.error()));
        const Met met{position.mark, position.mark.toLongLong(), m_site.access().horizon};
        const Step step = stepOf(walk, *answer, *comments, met, m_site.isSignedIn());
        QList<WordPressComment> wanted;
        for (const WordPressComment &comment : *comments) {
            // Who sees approved comments only looks at the whole page again: an older one may have been approved.
            const bool isFirst = met.markText.isEmpty();
            const bool isNew = !isFirst && comment.id > met.mark;
            const bool isLookedAt = isFirst || !m_site.isSignedIn();
            if (isNew || (isLookedAt && !isBefore(comment, met.horizon)))
                wanted.append(comment);
        }
        m_posts.load(wanted, [=, this](const Done &loaded) {
            if (!loaded)
                return pending->end(tl::unexpected<Error>(loaded.error()));
            Page page;
            for (const WordPressComment &comment : wanted)
                page.messages.append(toMessage(comment, m_posts.postOf(comment), m_site.base(), user));
            page.next = step.next;
            page.hasMore = step.hasMore;
            pending->end(std::move(page));
        });
    });
}

QFuture<Result<Page>> WordPressReader::refresh(const QList<KnownMessage> &messages)
{
    auto work = std::make_shared<Refreshing>();
    work->pending = Pending<Page>::create();
    for (const KnownMessage &message : messages) {
        const qint64 id = commentIdOf(message.uri);
        if (id > 0 && !work->ids.contains(id))
            work->ids.append(id);
    }
    m_site.withUser([this, work](const Result<qint64> &user) {
        if (!user)
            return work->pending->end(tl::unexpected<Error>(user.error()));
        work->user = *user;
        refreshNext(work);
    });
    return work->pending->future();
}

void WordPressReader::refreshNext(std::shared_ptr<Refreshing> work)
{
    if (work->ids.isEmpty())
        return work->pending->end(work->page);
    const QList<qint64> batch = work->ids.mid(0, mostRows);
    work->ids.remove(0, batch.size());
    RestQuery query = listQuery();
    query.append({QStringLiteral("include"), idList(batch)});
    m_site.get(QStringLiteral("/wp/v2/comments"), query, [this, work, batch](const Result<RestAnswer> &answer) {
        const auto comments = answer ? readComments(*answer, m_site.base()) : tl::unexpected<Error>(answer.error());
        if (!comments)
            return work->pending->end(tl::unexpected<Error>(comments.error()));
        m_posts.load(*comments, [this, work, batch, comments = *comments](const Done &loaded) {
            if (!loaded)
                return work->pending->end(tl::unexpected<Error>(loaded.error()));
            QSet<qint64> present;
            for (const WordPressComment &comment : comments) {
                present.insert(comment.id);
                work->page.messages.append(toMessage(comment, m_posts.postOf(comment), m_site.base(), work->user));
            }
            for (const qint64 id : batch) {
                if (!present.contains(id))
                    work->page.changes.append({commentUri(m_site.base(), id), Presence::gone, {}});
            }
            refreshNext(work);
        });
    });
}

} // namespace Earshot
