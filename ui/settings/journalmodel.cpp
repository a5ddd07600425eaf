// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journalmodel.h"

#include <algorithm>
#include <numeric>

namespace Earshot {

namespace {

QString numberText(qint64 number)
{
    return number > 0 ? QStringLiteral("#%1").arg(number) : QString();
}

} // namespace

void JournalModel::append(const QList<Line> &lines)
{
    QList<int> shown;
    for (const Line &line : lines) {
        m_lines.append(line);
        m_folded.append(folded(line));
        if (const int index = int(m_lines.size()) - 1; isWanted(index))
            shown.append(index);
    }
    if (shown.isEmpty())
        return;
    beginInsertRows({}, int(m_shown.size()), int(m_shown.size() + shown.size()) - 1);
    m_shown += shown;
    endInsertRows();
}

void JournalModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_folded.clear();
    m_shown.clear();
    endResetModel();
}

QString JournalModel::folded(const Line &line)
{
    const QStringList texts{line.time, line.who, line.what, numberText(line.number)};
    return texts.join(QLatin1Char('\n')).toCaseFolded();
}

bool JournalModel::isWanted(const Line &line, const Wish &wish)
{
    return (!wish.agent || line.agent == *wish.agent) && folded(line).contains(wish.text.toCaseFolded());
}

void JournalModel::narrow(const Wish &wish)
{
    const Wish wanted{wish.text.toCaseFolded(), wish.agent};
    if (wanted == m_wish)
        return;
    // Whoever types on looks through what is left.
    QList<int> among = m_shown;
    const bool isNarrower = (!m_wish.agent || wanted.agent == m_wish.agent) && wanted.text.contains(m_wish.text);
    if (m_wish.isOfAll() || !isNarrower) {
        among.resize(m_lines.size());
        std::iota(among.begin(), among.end(), 0);
    }
    m_wish = wanted;
    among.removeIf([this](int line) { return !isWanted(line); });
    // Line by line, as differences, a view of ten thousand needs a tenth of a second.
    beginResetModel();
    m_shown = among;
    endResetModel();
}

void JournalModel::keepFirst(qsizetype count)
{
    if (m_lines.size() <= count)
        return;
    const auto end = std::lower_bound(m_shown.cbegin(), m_shown.cend(), int(count));
    const int kept = int(end - m_shown.cbegin());
    const bool isSeen = kept < m_shown.size();
    if (isSeen)
        beginRemoveRows({}, kept, int(m_shown.size()) - 1);
    m_lines.resize(count);
    m_folded.resize(count);
    m_shown.resize(kept);
    if (isSeen)
        endRemoveRows();
}

int JournalModel::rowOf(int line) const
{
    const auto found = std::lower_bound(m_shown.cbegin(), m_shown.cend(), line);
    return found != m_shown.cend() && *found == line ? int(found - m_shown.cbegin()) : -1;
}

ConversationId JournalModel::conversationOf(int row) const
{
    const int line = lineOf(row);
    return line < 0 ? ConversationId() : m_lines.at(line).conversation;
}

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Column::conversation) + 1;
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) ||
        role != Qt::DisplayRole)
        return {};
    const Line &line = m_lines.at(m_shown.at(index.row()));
    switch (Column(index.column())) {
    case Column::time:
        return line.time;
    case Column::who:
        return line.who;
    case Column::what:
        return line.what;
    case Column::conversation:
        return numberText(line.number);
    }
    return {};
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (Column(section)) {
    case Column::time:
        return tr("When");
    case Column::who:
        return tr("Who");
    case Column::what:
        return tr("What");
    case Column::conversation:
        return tr("Conversation");
    }
    return {};
}

} // namespace Earshot
