// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sample/randomsource.h"

#include <QStringList>

#include <vector>

namespace Earshot {

/// The words of one made-up customers' language: the common ones are real, the rare ones are put together from its
/// syllables. How often each is used falls with its rank (Zipf), as in real texts.
class Vocabulary
{
public:
    enum class Language { german, english };
    explicit Vocabulary(Language language);

    [[nodiscard]] const QString &word(RandomSource &random) const;
    /// Sentences of some 168 bytes on average.
    [[nodiscard]] QString text(RandomSource &random) const;
    [[nodiscard]] const QStringList &words() const { return m_words; }

private:
    void addMadeUpWords(const QStringList &syllables);
    void weigh();

    QStringList m_words;
    // Walker's alias table: one draw and one comparison for a word of any rank.
    std::vector<double> m_limits;
    std::vector<int> m_aliases;
};

} // namespace Earshot
