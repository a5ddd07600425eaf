// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// Rows in aligned columns for a terminal or a pipe. Every cell passes terminalText().
class Table
{
public:
    explicit Table(QStringList headings);
    void add(const QStringList &cells);

    /// @param width columns of the terminal: the last column is cut to it; 0 = nothing is cut
    [[nodiscard]] QString toText(int width) const;

private:
    QList<QStringList> m_rows; ///< the headings first
};

} // namespace Earshot
