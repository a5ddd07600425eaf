// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QLocale>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int pageSize = 200;
/// Rows from the top within which leaving and moving is followed exactly.
constexpr int followedRows = 1000;
constexpr int cachedRecords = 3000;
constexpr int missingAtOnce = 100;
// Milliseconds: after so long without a change the next one is read at once, otherwise they are collected.
constexpr int calm = 100;
constexpr int busyInterval = 10;

} // namespace

ConversationListModel::ConversationListModel(Desk &desk, QObject *parent)
    : QAbstractListModel(parent)
    , m_desk(desk)
    , m_records(cachedRecords)
{
    m_missingSoon.setSingleShot(true);
    m_missingSoon.setInterval(0);
    connect(&m_missingSoon, &QTimer::timeout, this, &ConversationListModel::loadMissing);
    m_reconcileSoon.setSingleShot(true);
    m_reconcileSoon.setInterval(busyInterval);
    connect(&m_reconcileSoon, &QTimer::timeout, this, &ConversationListModel::reconcile);
    connect(&m_desk, &Desk::changed, this, &ConversationListModel::onChanged);
}

void ConversationListModel::show(const ListQuery &query)
{
    m_query = query;
    m_query.me = m_desk.me();
    ++m_generation;
    m_isComplete = false;
    m_isPaging = false;
    m_isReconciling = false;
    m_changed.clear();
    m_isAllChanged = false;
    setState(State::loading);
    load(std::nullopt);
}

void ConversationListModel::refresh()
{
    if (m_state == State::failed) {
        show(ListQuery(m_query));
        return;
    }
    m_isAllChanged = true;
    m_reconcileSoon.start(busyInterval);
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConversationId id = m_entries.at(index.row()).id;
    switch (role) {
    case int(Role::conversation):
        return id.value;
    case int(Role::isMarked):
        return m_marked.contains(id);
    case int(Role::hasLeft):
        return m_left.contains(id);
    case int(Role::leftReason):
        return m_left.value(id);
    default:
        break;
    }
    const ConversationRecord *known = record(id);
    switch (role) {
    case int(Role::isLoaded):
        return known != nullptr;
    case Qt::DisplayRole:
        return known ? known->contactName : QString();
    case Qt::AccessibleTextRole:
        return known ? sentence(*known) : tr("Loading");
    default:
        return {};
    }
}

bool ConversationListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::ready && !m_isComplete && !m_isPaging;
}

void ConversationListModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent) || m_entries.isEmpty())
        return;
    const ListEntry &last = m_entries.constLast();
    load(ListPlace{last.at, last.id});
}

ConversationId ConversationListModel::conversationAt(int row) const
{
    return row >= 0 && row < m_entries.size() ? m_entries.at(row).id : ConversationId();
}

int ConversationListModel::rowOf(ConversationId id) const
{
    // Many rows may go or come in a row: their places are counted once, when somebody asks.
    if (m_areRowsStale) {
        m_rows.clear();
        m_rows.reserve(m_entries.size());
        for (int row = 0; row < m_entries.size(); ++row)
            m_rows.insert(m_entries.at(row).id, row);
        m_areRowsStale = false;
    }
    return m_rows.value(id, -1);
}

const ConversationRecord *ConversationListModel::record(ConversationId id) const
{
    if (const ConversationRecord *known = m_records.object(id))
        return known;
    m_missing.insert(id);
    m_missingSoon.start();
    return nullptr;
}

ListQuery ConversationListModel::pageQuery(int limit, std::optional<ListPlace> after) const
{
    ListQuery query = m_query;
    query.after = after;
    query.limit = limit;
    query.now = m_desk.workspace().clock().now();
    return query;
}

void ConversationListModel::load(std::optional<ListPlace> after)
{
    m_isPaging = true;
    const bool isFirst = !after.has_value();
    auto future =
        m_desk.workspace().read<Page>([query = pageQuery(pageSize, after)](Database &database) -> Result<Page> {
            auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            // The first page is shown at once, so its rows come with it.
            QList<ConversationId> ids;
            for (const ListEntry &entry : std::as_const(*entries))
                ids.append(entry.id);
            auto records = loadConversations(database, ids, query.me, query.now);
            if (!records)
                return tl::unexpected(records.error());
            return Page{*entries, *records};
        });
    whenDone(future, this, [this, isFirst, generation = m_generation](const Result<Page> &page) {
        if (generation != m_generation)
            return;
        m_isPaging = false;
        if (page) {
            takePage(*page, isFirst);
            return;
        }
        m_error = page.error();
        setState(State::failed);
    });
}

void ConversationListModel::takePage(const Page &page, bool isFirst)
{
    for (const ConversationRecord &record : page.records)
        m_records.insert(record.id, new ConversationRecord(record));
    m_isComplete = page.entries.size() < pageSize;
    if (isFirst) {
        // What waited belongs to the view before: nobody who hears of the reset may let it in here.
        setWaiting({});
        m_newest.clear();
        beginResetModel();
        m_entries = page.entries;
        m_left.clear();
        m_marked.clear();
        m_areRowsStale = true;
        endResetModel();
        Q_EMIT markedChanged();
    } else {
        QList<ListEntry> fresh;
        for (const ListEntry &entry : page.entries) {
            if (rowOf(entry.id) < 0)
                fresh.append(entry);
        }
        if (!fresh.isEmpty()) {
            const int first = int(m_entries.size());
            beginInsertRows({}, first, first + int(fresh.size()) - 1);
            m_entries.append(fresh);
            for (int row = first; row < m_entries.size(); ++row)
                m_rows.insert(m_entries.at(row).id, row);
            endInsertRows();
        }
    }
    setState(State::ready);
    if (!m_changed.isEmpty() || m_isAllChanged)
        m_reconcileSoon.start(busyInterval);
}

void ConversationListModel::loadMissing()
{
    QList<ConversationId> ids;
    for (const ConversationId id : std::as_const(m_missing)) {
        if (rowOf(id) >= 0)
            ids.append(id);
        if (ids.size() == missingAtOnce)
            break;
    }
    if (ids.isEmpty()) {
        m_missing.clear();
        return;
    }
    auto future = m_desk.workspace().read<QList<ConversationRecord>>(
        [ids, me = m_query.me, now = m_desk.workspace().clock().now()](Database &database) {
            return loadConversations(database, ids, me, now);
        });
    whenDone(future, this, [this, ids](const Result<QList<ConversationRecord>> &records) {
        for (const ConversationId id : ids)
            m_missing.remove(id);
        if (records)
            takeRecords(*records);
        if (!m_missing.isEmpty())
            m_missingSoon.start();
    });
}

void ConversationListModel::takeRecords(const QList<ConversationRecord> &records)
{
    for (const ConversationRecord &record : records) {
        m_records.insert(record.id, new ConversationRecord(record));
        if (const auto marked = m_marked.find(record.id); marked != m_marked.end())
            *marked = record;
        if (const int row = rowOf(record.id); row >= 0)
            Q_EMIT dataChanged(index(row), index(row));
    }
}

void ConversationListModel::onChanged(const CommitNotice &notice)
{
    m_changed.unite(notice.conversations);
    // Names of agents and tags stand in many rows.
    m_isAllChanged = m_isAllChanged || notice.hasChannels;
    // What a person did is shown at once; many commits in a row are read together.
    if (!m_reconcileSoon.isActive())
        m_reconcileSoon.start(m_sinceReconcile.isValid() && !m_sinceReconcile.hasExpired(calm) ? busyInterval : 0);
}

void ConversationListModel::reconcile()
{
    if (m_isReconciling || m_isPaging || m_state != State::ready)
        return;
    m_isReconciling = true;
    m_sinceReconcile.start();
    QSet<ConversationId> changed = std::exchange(m_changed, {});
    if (std::exchange(m_isAllChanged, false)) {
        for (qsizetype row = 0; row < std::min<qsizetype>(m_entries.size(), followedRows); ++row)
            changed.insert(m_entries.at(row).id);
    }
    QList<ConversationId> shown;
    for (const ConversationId id : std::as_const(changed)) {
        if (rowOf(id) >= 0 || m_marked.contains(id))
            shown.append(id);
    }
    const int limit =
        int(std::min<qsizetype>(std::max<qsizetype>(m_entries.size(), pageSize), followedRows) + changed.size());
    auto future =
        m_desk.workspace().read<Page>([query = pageQuery(limit, {}), shown](Database &database) -> Result<Page> {
            auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            auto records = loadConversations(database, shown, query.me, query.now);
            if (!records)
                return tl::unexpected(records.error());
            return Page{*entries, *records};
        });
    whenDone(future, this, [this, changed, limit, generation = m_generation](const Result<Page> &page) {
        if (generation != m_generation)
            return;
        m_isReconciling = false;
        if (page) {
            takeRecords(page->records);
            compare(page->entries, changed, limit);
        }
        if (!m_changed.isEmpty() || m_isAllChanged)
            m_reconcileSoon.start(busyInterval);
    });
}

void ConversationListModel::compare(const QList<ListEntry> &now, const QSet<ConversationId> &changed, int limit)
{
    QHash<ConversationId, Time> places;
    places.reserve(now.size());
    for (const ListEntry &entry : now)
        places.insert(entry.id, entry.at);
    const bool isWhole = now.size() < limit;
    m_newest = now;
    QSet<ConversationId> moved;
    bool areMarksChanged = false;
    for (const ConversationId id : changed) {
        const int row = rowOf(id);
        if (row < 0 && isWhole && !places.contains(id))
            areMarksChanged = m_marked.remove(id) || areMarksChanged;
        if (row < 0 || (row >= followedRows && !isWhole))
            continue;
        const auto place = places.constFind(id);
        if (place == places.constEnd()) {
            if (!m_left.contains(id))
                m_left.insert(id, reasonOfLeaving(id));
            Q_EMIT dataChanged(index(row), index(row));
        } else {
            m_left.remove(id);
            if (*place != m_entries.at(row).at)
                moved.insert(id);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    // Only what belongs among the rows read so far is waiting; what is further down comes with its page.
    QSet<ConversationId> waiting = moved;
    qsizetype lastKnown = now.size() - 1;
    while (!isWhole && lastKnown >= 0 && rowOf(now.at(lastKnown).id) < 0)
        --lastKnown;
    for (qsizetype i = 0; i <= lastKnown; ++i) {
        if (rowOf(now.at(i).id) < 0)
            waiting.insert(now.at(i).id);
    }
    setWaiting(waiting);
    if (areMarksChanged)
        Q_EMIT markedChanged();
    if (!m_isFrozen)
        catchUp();
}

void ConversationListModel::catchUp(ConversationId kept)
{
    const QSet<ConversationId> waiting = m_waiting;
    removeRowsWhere([&](const ListEntry &entry) {
        return (m_left.contains(entry.id) && entry.id != kept) || waiting.contains(entry.id);
    });
    for (auto it = m_left.begin(); it != m_left.end();)
        it = it.key() == kept ? std::next(it) : m_left.erase(it);
    if (!waiting.isEmpty())
        insertMissing(m_newest);
    setWaiting({});
    Q_EMIT rearranged();
}

void ConversationListModel::settle(ConversationId kept)
{
    if (m_left.isEmpty() || (m_left.size() == 1 && m_left.contains(kept)))
        return;
    removeRowsWhere([&](const ListEntry &entry) { return m_left.contains(entry.id) && entry.id != kept; });
    for (auto it = m_left.begin(); it != m_left.end();)
        it = it.key() == kept ? std::next(it) : m_left.erase(it);
    Q_EMIT rearranged();
}

void ConversationListModel::removeRowsWhere(const std::function<bool(const ListEntry &)> &isGone)
{
    bool areMarksChanged = false;
    for (int last = int(m_entries.size()) - 1; last >= 0; --last) {
        if (!isGone(m_entries.at(last)))
            continue;
        int first = last;
        while (first > 0 && isGone(m_entries.at(first - 1)))
            --first;
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row) {
            const ConversationId id = m_entries.at(row).id;
            if (!m_waiting.contains(id))
                areMarksChanged = m_marked.remove(id) || areMarksChanged;
        }
        m_entries.remove(first, last - first + 1);
        m_areRowsStale = true;
        endRemoveRows();
        last = first;
    }
    if (areMarksChanged)
        Q_EMIT markedChanged();
}

void ConversationListModel::insertMissing(const QList<ListEntry> &now)
{
    QList<int> places; // before anything is inserted; -1 = missing
    places.reserve(now.size());
    for (const ListEntry &entry : now)
        places.append(rowOf(entry.id));
    // What stayed has the same order in both lists: walk them side by side.
    int row = 0;
    int inserted = 0;
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (places.at(i) >= 0) {
            row = places.at(i) + inserted + 1;
            continue;
        }
        if (row >= m_entries.size() && !m_isComplete)
            break;
        qsizetype end = i + 1;
        while (end < now.size() && places.at(end) < 0)
            ++end;
        const int count = int(end - i);
        beginInsertRows({}, row, row + count - 1);
        m_entries.insert(row, count, ListEntry());
        std::copy(now.cbegin() + i, now.cbegin() + end, m_entries.begin() + row);
        m_areRowsStale = true;
        endInsertRows();
        row += count;
        inserted += count;
        i = end - 1;
    }
}

void ConversationListModel::setFrozen(bool isFrozen)
{
    m_isFrozen = isFrozen;
    if (!isFrozen && (!m_waiting.isEmpty() || !m_left.isEmpty()))
        catchUp();
}

void ConversationListModel::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void ConversationListModel::setWaiting(const QSet<ConversationId> &waiting)
{
    const auto before = m_waiting.size();
    m_waiting = waiting;
    if (m_waiting.size() != before)
        Q_EMIT waitingCountChanged(waitingCount());
}

void ConversationListModel::setMarked(ConversationId id, bool isMarked)
{
    if (rowOf(id) < 0)
        return;
    ConversationRecord bare;
    bare.id = id;
    const ConversationRecord *known = record(id);
    setMarked(known ? *known : bare, isMarked);
}

void ConversationListModel::setMarked(const ConversationRecord &record, bool isMarked)
{
    if (isMarked == m_marked.contains(record.id))
        return;
    if (isMarked)
        m_marked.insert(record.id, record);
    else
        m_marked.remove(record.id);
    if (const int row = rowOf(record.id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

QList<ConversationRecord> ConversationListModel::marked(int most) const
{
    QList<ConversationRecord> records;
    records.reserve(std::min<qsizetype>(most, m_marked.size()));
    for (auto it = m_marked.cbegin(); it != m_marked.cend() && records.size() < most; ++it)
        records.append(*it);
    return records;
}

void ConversationListModel::markAll()
{
    using Rows = QList<ConversationRecord>;
    const auto future =
        m_desk.workspace().read<Rows>([query = pageQuery(mostMarked, {})](Database &database) -> Result<Rows> {
            const auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            QList<ConversationId> ids;
            ids.reserve(entries->size());
            for (const ListEntry &entry : *entries)
                ids.append(entry.id);
            return loadConversations(database, ids, query.me, query.now);
        });
    whenDone(future, this, [this, generation = m_generation](const Result<Rows> &records) {
        if (generation == m_generation && records)
            takeMarks(*records);
    });
}

void ConversationListModel::takeMarks(const QList<ConversationRecord> &records)
{
    m_marked.clear();
    m_marked.reserve(records.size());
    for (const ConversationRecord &record : records)
        m_marked.insert(record.id, record);
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_entries.size()) - 1), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

void ConversationListModel::unmarkAll()
{
    takeMarks({});
}

QString ConversationListModel::placeText(int row, qint64 count)
{
    const QLocale locale;
    return tr("row %1 of %2").arg(locale.toString(row + 1), locale.toString(count));
}

QString ConversationListModel::reasonOfLeaving(ConversationId id) const
{
    const ConversationRecord *known = m_records.object(id);
    if (!known)
        return tr("No longer here");
    if (known->status == Status::resolved)
        return tr("Resolved");
    if (known->status == Status::snoozed)
        return tr("Snoozed until %1").arg(Wording::clockTime(known->snoozedUntil));
    if (known->assignee == m_query.me)
        return tr("You took this");
    if (known->assignee.isValid())
        return tr("%1 took this").arg(Wording::isolated(known->assigneeName));
    if (known->status == Status::pending)
        return tr("Answered");
    return tr("Back in the queue");
}

QString ConversationListModel::sentence(const ConversationRecord &record) const
{
    QStringList parts{Wording::isolated(record.contactName), Wording::of(record.network),
                      Wording::age(record.lastMessageAt, m_desk.workspace().clock().now())};
    if (record.isUnseen)
        parts.append(tr("unseen"));
    if (record.needsAnswer)
        parts.append(tr("needs an answer"));
    parts.append(Wording::of(record.status));
    if (record.assignee.isValid())
        parts.append(tr("assigned to %1").arg(Wording::isolated(record.assigneeName)));
    if (record.trouble > 0)
        parts.append(tr("a reply was not delivered"));
    if (m_marked.contains(record.id))
        parts.append(tr("marked"));
    if (m_left.contains(record.id))
        parts.append(m_left.value(record.id));
    parts.append(Wording::isolated(record.snippet));
    parts.append(record.tags);
    return parts.join(QStringLiteral(", "));
}

} // namespace Earshot
