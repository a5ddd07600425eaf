// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Earshot {

/// A sentence that is stored and printed in English, and shown in any language: its words are marked for translation in
/// the context Earshot::KnownSentence, its parts are kept apart.
struct KnownSentence
{
    const char *words = ""; ///< of the program; "%1", "%2", "%3" stand for the parts, in this order
    QStringList parts = {};

    [[nodiscard]] QString inEnglish() const { return with(QString::fromUtf8(words)); }
    /// @param translated the words in another language
    [[nodiscard]] QString with(const QString &translated) const;
    /// What inEnglish() wrote with these words; false = something else.
    [[nodiscard]] static bool read(const QString &english, const char *words, QStringList &parts);
};

} // namespace Earshot
