// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QMimeData>
#include <QUuid>

#include <algorithm>
#include <span>

namespace Earshot {

namespace {

constexpr int cachedRecords = 3000;
constexpr qsizetype shownAtOnce = 50; ///< more than a window has room for

/// What no bulk deed asks for: twenty thousand snippets are ten megabytes.
ConversationRecord asMark(ConversationRecord record)
{
    record.snippet.clear();
    record.subject.clear();
    record.threadTitle.clear();
    return record;
}

/// Whether both list the same conversations, in whatever order.
bool isSameSet(ListQuery a, const ListQuery &b)
{
    a.order = b.order;
    a.isGrouped = b.isGrouped;
    a.me = b.me;
    a.after = b.after;
    a.limit = b.limit;
    a.now = b.now;
    return a == b;
}

} // namespace

ConversationListModel::ConversationListModel(Desk &desk, QObject *parent)
    : QAbstractListModel(parent)
    , m_desk(desk)
    , m_ahead(new AheadSigns(desk, this))
    , m_records(cachedRecords)
{
    m_missingSoon.setSingleShot(true);
    m_missingSoon.setInterval(0);
    connect(&m_missingSoon, &QTimer::timeout, this, &ConversationListModel::loadMissing);
    m_reconcileSoon.setSingleShot(true);
    connect(&m_reconcileSoon, &QTimer::timeout, this, &ConversationListModel::reconcile);
    connect(&m_desk, &Desk::changed, this, &ConversationListModel::onChanged);
    connect(m_ahead, &AheadSigns::changed, this, [this](const QSet<ConversationId> &conversations) {
        for (const ConversationId id : conversations) {
            if (const int row = rowOf(id); row >= 0)
                Q_EMIT dataChanged(index(row), index(row));
        }
    });
}

void ConversationListModel::setPresence(const PresenceSigns &signs)
{
    m_presence = &signs;
    connect(&signs, &PresenceSigns::changed, this, [this](ConversationId id) {
        if (const int row = rowOf(id); row >= 0)
            Q_EMIT dataChanged(index(row), index(row));
    });
}

void ConversationListModel::setChannelNames(const QHash<ChannelId, QString> &names)
{
    if (names == m_channelNames)
        return;
    m_channelNames = names;
    if (m_query.view == View::contact && !m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ConversationListModel::show(const ListQuery &query)
{
    m_keepsMarks = isSameSet(query, m_query);
    m_hasPagingFailed = false;
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
    reconcileSoon();
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
    case Qt::ToolTipRole:
        return toolTip(id);
    case Qt::AccessibleTextRole:
        return known ? sentence(*known) : tr("Loading");
    default:
        return {};
    }
}

Qt::ItemFlags ConversationListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags known = QAbstractListModel::flags(index);
    return index.isValid() ? known | Qt::ItemIsDragEnabled : known;
}

QString ConversationListModel::dragType(const Desk &desk)
{
    static const QString ofProcess = QUuid::createUuid().toString(QUuid::Id128);
    return QStringLiteral("application/x-earshot-conversations-%1-%2").arg(ofProcess).arg(quintptr(&desk), 0, 16);
}

QMimeData *ConversationListModel::mimeData(const QModelIndexList &indexes) const
{
    const ConversationId id = conversationAt(indexes.value(0).row());
    const QList<ConversationId> ids = isMarked(id) ? m_marked.keys() : QList<ConversationId>{id};
    auto *data = new QMimeData;
    data->setData(dragType(m_desk), idsToText(ids).toLatin1());
    return data;
}

bool ConversationListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::ready && !m_isComplete && !m_isPaging && !m_hasPagingFailed;
}

void ConversationListModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    if (m_entries.isEmpty()) {
        m_keepsMarks = true;
        load(std::nullopt);
        return;
    }
    const ListEntry &last = m_entries.constLast();
    load(ListPlace{last.at, last.id});
}

void ConversationListModel::retryPaging()
{
    m_hasPagingFailed = false;
    fetchMore({});
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
    const ConversationRecord *known = m_records.object(id);
    // Of another list it may be here without its note.
    if (known && (m_query.view != View::notesToMe || m_notes.contains(id)))
        return known;
    m_missing.insert(id);
    if (!m_missingSoon.isActive())
        m_missingSoon.start();
    return known;
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
            // What is seen at first comes with the list; the page's others a moment later.
            QList<ConversationId> ids;
            for (const ListEntry &entry : std::span(*entries).first(std::min(entries->size(), shownAtOnce)))
                ids.append(entry.id);
            auto rows = loadRows(database, ids, query);
            if (!rows)
                return tl::unexpected(rows.error());
            return Page{*entries, *rows, {}, {}, {}, {}};
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
        if (isFirst) {
            setState(State::failed);
            return;
        }
        // Asked for by every scroll, it would fail as often.
        m_hasPagingFailed = true;
        Q_EMIT pagingFailed(m_error);
    });
}

void ConversationListModel::takePage(const Page &page, bool isFirst)
{
    if (isFirst)
        m_notes.clear();
    for (const NoteToMe &note : page.read.notes)
        m_notes.insert(note.conversation, note);
    for (const ConversationRecord &record : page.read.records)
        m_records.insert(record.id, new ConversationRecord(record));
    m_isComplete = isReadWhole(m_query) || page.entries.size() < pageSize;
    if (isFirst) {
        // What waited belongs to the view before: nobody who hears of the reset may let it in here.
        setWaiting({});
        m_newest.clear();
        beginResetModel();
        m_entries = page.entries;
        m_left.clear();
        if (!m_keepsMarks)
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
    for (const ListEntry &entry : std::span(page.entries).first(std::min<qsizetype>(page.entries.size(), pageSize)))
        static_cast<void>(record(entry.id)); // asks for it where it is not here
    if (!m_changed.isEmpty() || m_isAllChanged || m_hasWithdrawn)
        reconcileSoon();
}

void ConversationListModel::takeRows(const Rows &read)
{
    for (const NoteToMe &note : read.notes)
        m_notes.insert(note.conversation, note);
    for (const ConversationRecord &record : read.records) {
        m_records.insert(record.id, new ConversationRecord(record));
        if (const auto marked = m_marked.find(record.id); marked != m_marked.end())
            *marked = asMark(record);
        tellChanged(rowOf(record.id));
    }
}

void ConversationListModel::tellChanged(int row)
{
    if (row < 0)
        return;
    // Above it ends what it begins.
    Q_EMIT dataChanged(index(m_query.isGrouped ? std::max(row - 1, 0) : row), index(row));
}

void ConversationListModel::setFrozen(bool isFrozen)
{
    m_isFrozen = isFrozen;
    if (!isFrozen && (!m_waiting.isEmpty() || !m_left.isEmpty()))
        catchUp();
}

int ConversationListModel::movedCount() const
{
    return int(
        std::count_if(m_waiting.cbegin(), m_waiting.cend(), [this](ConversationId id) { return rowOf(id) >= 0; }));
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
        m_marked.insert(record.id, asMark(record));
    else
        m_marked.remove(record.id);
    if (const int row = rowOf(record.id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

void ConversationListModel::markRange(int from, int to)
{
    for (int row = std::max(from, 0); row <= to && row < rowCount() && m_marked.size() < mostMarked; ++row) {
        ConversationRecord bare;
        bare.id = conversationAt(row);
        const ConversationRecord *known = bare.id.isValid() ? record(bare.id) : nullptr;
        if (bare.id.isValid() && !m_marked.contains(bare.id))
            m_marked.insert(bare.id, asMark(known ? *known : bare));
    }
    Q_EMIT dataChanged(index(std::max(from, 0)), index(std::min(to, rowCount() - 1)), {int(Role::isMarked)});
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
    readMarks({});
}

void ConversationListModel::markAgain(const QSet<ConversationId> &ids)
{
    if (!ids.isEmpty())
        readMarks(ids);
}

void ConversationListModel::readMarks(const std::optional<QSet<ConversationId>> &only)
{
    // Twenty thousand records are made and freed where they are read: here it would be seen.
    using Read = std::pair<QList<ListEntry>, Marks>;
    const auto future =
        m_desk.workspace().read<Read>([query = pageQuery(mostMarked, {}), only](Database &database) -> Result<Read> {
            const auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            QList<ConversationId> ids;
            ids.reserve(entries->size());
            for (const ListEntry &entry : *entries) {
                if (!only || only->contains(entry.id))
                    ids.append(entry.id);
            }
            const auto records = loadConversations(database, ids, query.me, query.now);
            if (!records)
                return tl::unexpected(records.error());
            Marks marks;
            marks.reserve(records->size());
            for (const ConversationRecord &record : *records)
                marks.insert(record.id, asMark(record));
            return Read{*entries, marks};
        });
    whenDone(future, this, [this, generation = m_generation, isAgain = only.has_value()](const Result<Read> &read) {
        if (generation != m_generation || (isAgain && !m_marked.isEmpty()))
            return;
        if (!read) {
            Q_EMIT markingFailed(read.error());
            return;
        }
        Marks marks = read->second;
        for (const ConversationId id : unlisted(read->first))
            marks.remove(id);
        takeMarks(marks);
    });
}

void ConversationListModel::takeMarks(const Marks &marks)
{
    m_marked = marks;
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_entries.size()) - 1), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

void ConversationListModel::unmark(const QList<ConversationId> &ids)
{
    bool areMarksChanged = false;
    for (const ConversationId id : ids) {
        if (!m_marked.remove(id))
            continue;
        areMarksChanged = true;
        if (const int row = rowOf(id); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), {int(Role::isMarked)});
    }
    // Once for all of them: whoever hears it asks every command again.
    if (areMarksChanged)
        Q_EMIT markedChanged();
}

void ConversationListModel::unmarkAll()
{
    takeMarks({});
}

} // namespace Earshot
