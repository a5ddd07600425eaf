// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journalmodel.h"

#include <QSet>

#include <algorithm>
#include <numeric>
#include <utility>

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
        if (const int index = int(m_lines.size()) - 1; isShown(index))
            shown.append(index);
    }
    if (shown.isEmpty())
        return;
    beginInsertRows({}, int(m_shown.size()), int(m_shown.size() + shown.size()) - 1);
    m_shown += shown;
    endInsertRows();
}

void JournalModel::prepend(const QList<Line> &lines)
{
    QStringList all;
    QList<int> shown;
    for (const Line &line : lines) {
        all.append(folded(line));
        if (isShown(line, all.constLast()))
            shown.append(int(all.size()) - 1);
    }
    const bool isSeen = !shown.isEmpty();
    if (isSeen)
        beginInsertRows({}, 0, int(shown.size()) - 1);
    for (int &line : m_shown)
        line += int(lines.size());
    m_shown = shown + m_shown;
    m_lines = lines + m_lines;
    m_folded = all + m_folded;
    if (isSeen)
        endInsertRows();
}

QList<JournalModel::Line> JournalModel::settle(QList<Line> newer)
{
    QSet<qint64> ids;
    QHash<QString, Line> records;
    for (const Line &line : std::as_const(newer)) {
        ids.insert(line.id);
        if (line.id < firstForecastId && !line.action.isEmpty())
            records.insert(line.action, line);
    }
    QSet<qint64> here;
    for (int line = int(m_lines.size()) - 1; line >= 0; --line) {
        const Line old = m_lines.at(line);
        if (ids.contains(old.id)) {
            here.insert(old.id);
        } else if (old.id >= firstForecastId) {
            if (const auto record = records.constFind(old.action); record != records.cend()) {
                replace(line, *record);
                here.insert(record->id);
            } else {
                remove(line);
            }
        }
    }
    newer.removeIf([&here](const Line &line) { return here.contains(line.id); });
    return newer;
}

/// It stays where it stands, also where it reads differently now.
void JournalModel::replace(int line, const Line &by)
{
    m_lines[line] = by;
    m_folded[line] = folded(by);
    if (const int row = rowOf(line); row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void JournalModel::remove(int line)
{
    const int row = rowOf(line);
    if (row >= 0)
        beginRemoveRows({}, row, row);
    m_lines.removeAt(line);
    m_folded.removeAt(line);
    if (row >= 0)
        m_shown.removeAt(row);
    for (int &shown : m_shown)
        shown -= shown > line ? 1 : 0;
    if (row >= 0)
        endRemoveRows();
}

qint64 JournalModel::newestRecord() const
{
    qint64 newest = 0;
    for (const Line &line : m_lines)
        newest = line.id < firstForecastId ? std::max(newest, line.id) : newest;
    return newest;
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
    among.removeIf([this](int line) { return !isShown(line); });
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
