// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/presencesigns.h"

#include <QMimeData>
#include <QUuid>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int cachedRecords = 3000;
constexpr auto lookAgainEvery = std::chrono::seconds(20);

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
    , m_byClock(this)
{
    m_missingSoon.setSingleShot(true);
    m_missingSoon.setInterval(0);
    connect(&m_missingSoon, &QTimer::timeout, this, &ConversationListModel::loadMissing);
    m_reconcileSoon.setSingleShot(true);
    connect(&m_reconcileSoon, &QTimer::timeout, this, &ConversationListModel::reconcile);
    m_byClock.setObjectName(QStringLiteral("listByClock"));
    m_byClock.setInterval(lookAgainEvery);
    connect(&m_byClock, &QTimer::timeout, this, &ConversationListModel::reconcileSoon);
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
    if (m_query.filter.isCounted())
        m_byClock.stop();
    else
        m_byClock.start();
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
    return QStringLiteral("application/x-earshot-conversations-%1-%2")
        .arg(ofProcess, QString::number(quintptr(&desk), 16));
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

} // namespace Earshot
