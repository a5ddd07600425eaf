// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace Earshot {

namespace {

/// The shortest time that is told apart, and how much longer each class is than the one before.
constexpr double shortest = 0.001;
constexpr double growth = 1.01;
/// Up to more than an hour.
constexpr size_t mostClasses = 2300;

size_t classOf(double milliseconds)
{
    if (milliseconds <= shortest)
        return 0;
    return std::min(size_t(std::log(milliseconds / shortest) / std::log(growth)) + 1, mostClasses - 1);
}

} // namespace

void Figures::add(double milliseconds)
{
    m_classes.resize(mostClasses);
    ++m_classes[classOf(milliseconds)];
    ++m_count;
    m_worst = std::max(m_worst, milliseconds);
}

void Figures::add(const Figures &others)
{
    if (others.m_count == 0)
        return;
    m_classes.resize(mostClasses);
    for (size_t i = 0; i < mostClasses; ++i)
        m_classes[i] += others.m_classes[i];
    m_count += others.m_count;
    m_worst = std::max(m_worst, others.m_worst);
}

double shareOf(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(size_t(double(values.size()) * share), values.size() - 1)];
}

double Figures::at(double share) const
{
    if (m_count == 0)
        return 0;
    const size_t rank = std::min(size_t(double(m_count) * share), m_count - 1);
    size_t seen = 0;
    for (size_t i = 0; i < mostClasses; ++i) {
        seen += m_classes[i];
        if (seen > rank)
            return std::min(shortest * std::pow(growth, double(i)), m_worst);
    }
    return m_worst;
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
