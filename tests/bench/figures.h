// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <vector>

namespace Earshot {

/// How long one kind of thing took, again and again; milliseconds. Counted in classes of one percent, so that an hour
/// of measuring takes no more memory than a second: what is measured is a program's memory, too.
class Figures
{
public:
    void add(double milliseconds);
    void add(const Figures &others);
    [[nodiscard]] size_t count() const { return m_count; }
    /// The value that a share (0..1) of all does not exceed, to one percent; 0 when there is none.
    [[nodiscard]] double at(double share) const;
    [[nodiscard]] double worst() const { return m_worst; }

private:
    std::vector<size_t> m_classes;
    size_t m_count = 0;
    double m_worst = 0;
};

/// The value that a share (0..1) of all does not exceed; 0 when there is none.
[[nodiscard]] double shareOf(std::vector<double> values, double share);

/// A table of figures on standard output: a heading, then rows as they come.
void printHeading(const QString &title);
void printFigures(const QString &name, const Figures &figures, double budget);
/// One figure with its unit.
void printFigure(const QString &name, const QString &figure);

} // namespace Earshot
