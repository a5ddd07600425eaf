// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "figures.h"

#include <algorithm>
#include <cstdio>

namespace Earshot {

void Figures::add(const Figures &others)
{
    m_values.insert(m_values.end(), others.m_values.begin(), others.m_values.end());
}

double Figures::at(double share) const
{
    if (m_values.empty())
        return 0;
    std::vector<double> sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    return sorted[std::min(size_t(double(sorted.size()) * share), sorted.size() - 1)];
}

void printHeading(const QString &title)
{
    std::printf("\n%-48s %6s %9s %9s %9s\n", qPrintable(title), "n", "median", "99 %", "worst");
    std::fflush(stdout);
}

void printFigures(const QString &name, const Figures &figures, double budget)
{
    const double almostWorst = figures.at(0.99);
    std::printf("%-48s %6zu %9.2f %9.2f %9.2f%s\n", qPrintable(name), figures.count(), figures.at(0.5), almostWorst,
                figures.worst(), budget > 0 && almostWorst > budget ? "  over budget" : "");
    std::fflush(stdout);
}

void printFigure(const QString &name, const QString &figure)
{
    std::printf("%-48s %s\n", qPrintable(name), qPrintable(figure));
    std::fflush(stdout);
}

} // namespace Earshot
