// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/viewlistmodel.h"

#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QMimeData>

namespace Earshot {

namespace {

bool listsSame(const ListQuery &one, const ListQuery &other)
{
    return one.view == other.view && one.channel == other.channel && one.tag == other.tag && one.uuid == other.uuid;
}

} // namespace

ViewListModel::ViewListModel(const Roster &roster, QObject *parent)
    : QAbstractListModel(parent)
    , m_roster(roster)
    , m_dragType(ConversationListModel::dragType(roster.desk()))
    , m_rows(rows())
{
    connect(&roster, &Roster::rosterChanged, this, &ViewListModel::rebuild);
    connect(&roster, &Roster::countsChanged, this, &ViewListModel::rebuild);
}

bool ViewListModel::Row::isSame(const Row &other) const
{
    return isHeading == other.isHeading && (isHeading ? text == other.text : listsSame(query, other.query));
}

int ViewListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

/// Also with a count, which channels always have: a trouble is not to be seen only.
QString ViewListModel::spoken(const Row &row)
{
    if (!row.said.isEmpty())
        return row.said;
    QString text = row.count ? tr("%1, %Ln conversation(s)", nullptr, int(*row.count)).arg(row.text) : row.text;
    if (row.hasTrouble)
        text += QStringLiteral(", ") + row.detail;
    return text;
}

QVariant ViewListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::ToolTipRole:
        return row.detail.isEmpty() ? QVariant() : PlainLabel::toolTipOf(row.detail);
    case Qt::AccessibleTextRole:
        return spoken(row);
    // What the pointer is told, too, unless the name has it already.
    case Qt::AccessibleDescriptionRole:
        return row.hasTrouble || !row.said.isEmpty() ? QString() : row.detail;
    case int(Role::isHeading):
        return row.isHeading;
    case int(Role::count):
        return row.count ? QVariant(*row.count) : QVariant();
    case int(Role::isCounting):
        return row.isCounted && !row.count;
    case int(Role::icon):
        return row.icon;
    case int(Role::hasTrouble):
        return row.hasTrouble;
    case int(Role::limit):
        return row.limit;
    case int(Role::isFull):
        return row.isFull;
    case int(Role::waiting):
        return Wording::waitingFor(row.oldestWaiting, m_roster.now());
    default:
        return {};
    }
}

Qt::ItemFlags ViewListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags always = Qt::ItemNeverHasChildren | Qt::ItemIsEnabled;
    const Row &row = m_rows.at(index.row());
    if (row.isHeading)
        return Qt::ItemNeverHasChildren;
    return always | Qt::ItemIsSelectable | (row.takesConversations ? Qt::ItemIsDropEnabled : Qt::NoItemFlags);
}

std::optional<ListQuery> ViewListModel::query(int row) const
{
    if (row < 0 || row >= m_rows.size() || m_rows.at(row).isHeading || !m_rows.at(row).search.isEmpty())
        return std::nullopt;
    return m_rows.at(row).query;
}

const ViewRecord *ViewListModel::made(int row) const
{
    if (row < 0 || row >= m_rows.size() || m_rows.at(row).isHeading)
        return nullptr;
    return m_roster.view(m_rows.at(row).query.uuid);
}

int ViewListModel::rowOf(const ListQuery &query) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!m_rows.at(row).isHeading && listsSame(m_rows.at(row).query, query))
            return row;
    }
    return -1;
}

QString ViewListModel::title(const ListQuery &query) const
{
    const int row = rowOf(query);
    return row < 0 ? Wording::of(query.view) : m_rows.at(row).text;
}

void ViewListModel::count(Row &row) const
{
    row.isCounted = true;
    if (m_roster.counts())
        row.count = Queues::countOf(row.query, *m_roster.counts());
}

ViewListModel::Row ViewListModel::viewRow(View view, const QString &icon) const
{
    Row row;
    row.text = Wording::of(view);
    row.icon = icon;
    row.query.view = view;
    row.takesConversations = view == View::mine || view == View::unassigned;
    count(row);
    return row;
}

ViewListModel::Row ViewListModel::madeRow(const ViewRecord &view) const
{
    Row row;
    row.text = view.content.name;
    row.search = view.content.search;
    row.icon = row.search.isEmpty() ? QStringLiteral("open") : QStringLiteral("search");
    row.detail = row.search;
    row.query.view = View::custom;
    row.query.uuid = view.uuid;
    row.query.filter = view.content.filter;
    row.query.order = view.content.order;
    row.query.isGrouped = view.content.isGrouped;
    // A search through all texts is never counted.
    if (!row.search.isEmpty())
        return row;
    if (view.content.filter.isCounted())
        count(row);
    else
        row.detail = tr("Conversations that wait for some time. That changes with the clock, so they are not counted.");
    return row;
}

QList<ViewListModel::Row> ViewListModel::made(bool areShared) const
{
    QList<Row> rows;
    for (const ViewRecord &view : m_roster.views()) {
        if (view.isShared() == areShared)
            rows.append(madeRow(view));
    }
    return rows;
}

QList<ViewListModel::Row> ViewListModel::teamRows() const
{
    QList<Row> rows;
    for (const TeamRecord &team : m_roster.teams()) {
        const auto queue = Queues::ofTeam(team, m_roster.channels());
        if (!queue)
            continue;
        Row row;
        row.text = team.name;
        row.icon = QStringLiteral("team");
        row.query = *queue;
        row.detail = tr("What is open in the channels of %1").arg(team.name);
        count(row);
        rows.append(row);
    }
    return rows;
}

/// Who is there, and who has work left behind.
QList<ViewListModel::Row> ViewListModel::agentRows() const
{
    QList<Row> rows;
    if (!m_roster.isLead())
        return rows;
    for (const AgentRecord &agent : m_roster.agents()) {
        Row row;
        row.query = Queues::ofAgent(agent.id);
        count(row);
        const bool canOwn = !agent.isDisabled && agent.role != Earshot::Role::viewer;
        if (!row.count.value_or(0) && (!canOwn || !agent.isOnDuty))
            continue;
        row.text = agent.isOnDuty ? agent.name : tr("%1 · off duty").arg(agent.name);
        row.icon = QStringLiteral("mine");
        AgentLoad load = m_roster.loadOf(agent.id);
        // As the row counts them: that is known sooner.
        load.open = row.count.value_or(load.open);
        row.limit = agent.openLimit;
        row.isFull = agent.isFull(load.open);
        row.detail = Wording::of(agent, load);
        row.said = agent.name + QStringLiteral(", ") + row.detail;
        row.oldestWaiting = load.oldestWaiting;
        row.takesConversations = canOwn;
        rows.append(row);
    }
    // Who works alone needs no list of everybody.
    return rows.size() > 1 ? rows : QList<Row>();
}

QList<ViewListModel::Row> ViewListModel::channelRows() const
{
    QList<Row> rows;
    for (const ChannelRecord &channel : m_roster.channels()) {
        Row row;
        row.text = channel.name.isEmpty() ? channel.address : channel.name;
        row.icon = Icons::ofNetwork(channel.network);
        row.query.view = View::channel;
        row.query.channel = channel.id;
        count(row);
        row.hasTrouble = ErrorText::isTrouble(channel.health);
        row.detail = channel.address + QStringLiteral(" · ") + ErrorText::of(channel.health);
        rows.append(row);
    }
    return rows;
}

QList<ViewListModel::Row> ViewListModel::tagRows() const
{
    QList<Row> rows;
    for (const TagRecord &tag : m_roster.tags()) {
        Row row;
        row.text = tag.name;
        row.icon = QStringLiteral("tag");
        row.query.view = View::tag;
        row.query.tag = tag.id;
        row.takesConversations = true;
        count(row);
        rows.append(row);
    }
    return rows;
}

void ViewListModel::add(QList<Row> &all, const QString &heading, const QList<Row> &group)
{
    if (group.isEmpty())
        return;
    Row first;
    first.text = heading;
    first.isHeading = true;
    all.append(first);
    all.append(group);
}

/// Its number is no count of its list.
ViewListModel::Row ViewListModel::notesRow() const
{
    Row row = viewRow(View::notesToMe, QStringLiteral("note"));
    row.detail = tr("Conversations in which a note names you. Those with one that you have not seen are counted.");
    if (row.count)
        row.said = tr("%1, %Ln conversation(s) with an unseen note", nullptr, int(*row.count)).arg(row.text);
    return row;
}

QList<ViewListModel::Row> ViewListModel::rows() const
{
    Row trouble = viewRow(View::trouble, QStringLiteral("warning"));
    trouble.hasTrouble = trouble.count.value_or(0) > 0;
    trouble.detail = tr("Conversations with a reply that was not delivered");
    QList<Row> all;
    add(all, tr("Inbox"),
        {viewRow(View::mine, QStringLiteral("mine")), viewRow(View::unassigned, QStringLiteral("unassigned")),
         viewRow(View::open, QStringLiteral("open")), notesRow(), viewRow(View::waiting, QStringLiteral("waiting")),
         viewRow(View::snoozed, QStringLiteral("snooze")), viewRow(View::resolved, QStringLiteral("resolve")),
         viewRow(View::all, QStringLiteral("all")), trouble});
    add(all, tr("Shared views"), made(true));
    add(all, tr("My views"), made(false));
    add(all, tr("Teams"), teamRows());
    add(all, tr("Agents"), agentRows());
    add(all, tr("Channels"), channelRows());
    add(all, tr("Tags"), tagRows());
    return all;
}

bool ViewListModel::canDropMimeData(const QMimeData *data, Qt::DropAction /*action*/, int /*row*/, int /*column*/,
                                    const QModelIndex &parent) const
{
    return data->hasFormat(m_dragType) && m_roster.canAct() && parent.isValid() &&
           m_rows.at(parent.row()).takesConversations;
}

bool ViewListModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                 const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    Q_EMIT dropped(idsFromText<ConversationId>(QString::fromLatin1(data->data(m_dragType))), place(parent.row()));
    return true;
}

void ViewListModel::rebuild()
{
    const QList<Row> now = rows();
    const auto isSame = [](const Row &one, const Row &other) { return one.isSame(other); };
    // What is alike at both ends stays; what lies between goes and comes.
    const auto [oldEnd, newEnd] = std::mismatch(m_rows.cbegin(), m_rows.cend(), now.cbegin(), now.cend(), isSame);
    const int head = int(oldEnd - m_rows.cbegin());
    int tail = 0;
    while (tail < m_rows.size() - head && tail < now.size() - head &&
           isSame(m_rows.at(m_rows.size() - 1 - tail), now.at(now.size() - 1 - tail)))
        ++tail;
    const int removed = int(m_rows.size()) - head - tail;
    const int added = int(now.size()) - head - tail;
    if (removed > 0) {
        beginRemoveRows({}, head, head + removed - 1);
        m_rows.remove(head, removed);
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, head, head + added - 1);
        for (int offset = 0; offset < added; ++offset)
            m_rows.insert(head + offset, now.at(head + offset));
        endInsertRows();
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row) == now.at(row))
            continue;
        m_rows[row] = now.at(row);
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (removed > 0 || added > 0)
        Q_EMIT rebuilt();
}

} // namespace Earshot
