// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/viewlistmodel.h"

#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

namespace Earshot {

namespace {

bool isTroubled(Health health)
{
    return health != Health::ok && health != Health::unknown && health != Health::rateLimited;
}

bool listsSame(const ListQuery &one, const ListQuery &other)
{
    return one.view == other.view && one.channel == other.channel && one.tag == other.tag && one.uuid == other.uuid;
}

} // namespace

ViewListModel::ViewListModel(const Roster &roster, QObject *parent)
    : QAbstractListModel(parent)
    , m_roster(roster)
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
    QString text = row.count ? tr("%1, %n conversation(s)", nullptr, int(*row.count)).arg(row.text) : row.text;
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
    default:
        return {};
    }
}

Qt::ItemFlags ViewListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags always = Qt::ItemNeverHasChildren | Qt::ItemIsEnabled;
    return m_rows.at(index.row()).isHeading ? Qt::ItemFlags(Qt::ItemNeverHasChildren) : always | Qt::ItemIsSelectable;
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

ViewListModel::Row ViewListModel::viewRow(View view, const QString &icon, qint64 ViewCounts::*count) const
{
    Row row;
    row.text = Wording::of(view);
    row.icon = icon;
    row.query.view = view;
    row.isCounted = count != nullptr;
    if (count && m_roster.counts())
        row.count = m_roster.counts().value().*count;
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
    row.isCounted = row.search.isEmpty();
    if (const auto &counts = m_roster.counts(); row.isCounted && counts && counts->views.contains(view.uuid))
        row.count = counts->views.value(view.uuid);
    return row;
}

void ViewListModel::addMade(QList<Row> &all, const QString &heading, bool areShared) const
{
    QList<Row> made;
    for (const ViewRecord &view : m_roster.views()) {
        if (view.isShared() == areShared)
            made.append(madeRow(view));
    }
    if (made.isEmpty())
        return;
    Row first;
    first.text = heading;
    first.isHeading = true;
    all.append(first);
    all.append(made);
}

QList<ViewListModel::Row> ViewListModel::rows() const
{
    const auto heading = [](const QString &text) {
        Row row;
        row.text = text;
        row.isHeading = true;
        return row;
    };
    QList<Row> all{heading(tr("Inbox")),
                   viewRow(View::mine, QStringLiteral("mine"), &ViewCounts::mine),
                   viewRow(View::unassigned, QStringLiteral("unassigned"), &ViewCounts::unassigned),
                   viewRow(View::open, QStringLiteral("open"), &ViewCounts::open),
                   viewRow(View::notesToMe, QStringLiteral("note"), &ViewCounts::notesToMe),
                   viewRow(View::waiting, QStringLiteral("waiting"), &ViewCounts::waiting),
                   viewRow(View::snoozed, QStringLiteral("snooze"), &ViewCounts::snoozed),
                   viewRow(View::resolved, QStringLiteral("resolve"), &ViewCounts::resolved),
                   viewRow(View::all, QStringLiteral("all"), nullptr)};
    Row trouble = viewRow(View::trouble, QStringLiteral("warning"), &ViewCounts::trouble);
    trouble.hasTrouble = trouble.count.value_or(0) > 0;
    trouble.detail = tr("Conversations with a reply that was not delivered");
    all.append(trouble);
    addMade(all, tr("Shared views"), true);
    addMade(all, tr("My views"), false);
    if (!m_roster.channels().isEmpty())
        all.append(heading(tr("Channels")));
    for (const ChannelRecord &channel : m_roster.channels()) {
        Row row;
        row.text = channel.name.isEmpty() ? channel.address : channel.name;
        row.icon = Icons::ofNetwork(channel.network);
        row.query.view = View::channel;
        row.query.channel = channel.id;
        row.isCounted = true;
        if (m_roster.counts())
            row.count = m_roster.counts()->channels.value(channel.id);
        row.hasTrouble = isTroubled(channel.health);
        row.detail = channel.address + QStringLiteral(" · ") + ErrorText::of(channel.health);
        all.append(row);
    }
    if (!m_roster.tags().isEmpty())
        all.append(heading(tr("Tags")));
    for (const TagRecord &tag : m_roster.tags()) {
        Row row;
        row.text = tag.name;
        row.icon = QStringLiteral("tag");
        row.query.view = View::tag;
        row.query.tag = tag.id;
        all.append(row);
    }
    return all;
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
