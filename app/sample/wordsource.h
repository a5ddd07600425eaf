// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <random>

namespace Earshot {

/// Makes texts of German and English words, common ones first and rare ones made of syllables, by Zipf's law.
class WordSource
{
public:
    explicit WordSource(quint32 seed);

    /// About `bytes` long, of whole words.
    [[nodiscard]] QString text(int bytes);
    [[nodiscard]] QString name();
    /// 0 <= value < end
    [[nodiscard]] qint64 below(qint64 end);
    /// True with this probability.
    [[nodiscard]] bool chance(double probability);
    /// Geometric: 1 and more, with this mean.
    [[nodiscard]] int around(double mean);
    [[nodiscard]] double uniform();

private:
    void makeRareWords(int count);
    [[nodiscard]] const QString &word();

    // Its numbers are the same everywhere, which the library's distributions are not.
    std::mt19937_64 m_random;
    QStringList m_words;
    double m_logOfSize = 0;
};

} // namespace Earshot
