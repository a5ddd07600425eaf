// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/table.h"

#include "cli/terminaltext.h"

namespace Earshot {

namespace {
/// A column that is not the last takes at most so much, so that one long name does not push everything aside.
constexpr int widestColumn = 32;
constexpr int narrowestLastColumn = 20;
constexpr int gap = 2;
} // namespace

Table::Table(QStringList headings)
    : m_rows{std::move(headings)}
{
}

void Table::add(const QStringList &cells)
{
    Q_ASSERT(cells.size() == m_rows.first().size());
    QStringList row;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const QString cell = terminalText(cells.at(i)).simplified();
        row.append(i + 1 < cells.size() ? cutToWidth(cell, widestColumn) : cell);
    }
    m_rows.append(row);
}

QString Table::toText(int width) const
{
    const qsizetype last = m_rows.first().size() - 1;
    QList<int> widths(last, 0);
    int taken = 0;
    for (qsizetype column = 0; column < last; ++column) {
        for (const QStringList &row : m_rows)
            widths[column] = std::max(widths.at(column), displayWidth(row.at(column)));
        taken += widths.at(column) + gap;
    }
    QString text;
    for (const QStringList &row : m_rows) {
        for (qsizetype column = 0; column < last; ++column)
            text += row.at(column) + QString(widths.at(column) - displayWidth(row.at(column)) + gap, QLatin1Char(' '));
        text += width > 0 ? cutToWidth(row.at(last), std::max(width - taken, narrowestLastColumn)) : row.at(last);
        while (text.endsWith(QLatin1Char(' ')))
            text.chop(1);
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace Earshot
