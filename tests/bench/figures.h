// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <vector>

namespace Earshot {

/// How long one kind of thing took, again and again; milliseconds.
class Figures
{
public:
    void add(double milliseconds) { m_values.push_back(milliseconds); }
    void add(const Figures &others);
    [[nodiscard]] size_t count() const { return m_values.size(); }
    /// The value that a share (0..1) of all does not exceed; 0 when there is none.
    [[nodiscard]] double at(double share) const;
    [[nodiscard]] double worst() const { return at(1); }

private:
    std::vector<double> m_values;
};

/// A table of figures on standard output: a heading, then rows as they come.
void printHeading(const QString &title);
void printFigures(const QString &name, const Figures &figures, double budget);
/// One figure with its unit.
void printFigure(const QString &name, const QString &figure);

} // namespace Earshot
