// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

namespace Earshot {

/// A word of a text as the full-text index sees it: case and diacritics folded.
struct FoldedWord
{
    QString text;
    qsizetype from = 0; ///< its place in the text, in UTF-16 units
    qsizetype to = 0;
};

/// The words of the first `limit` units of a text, cut and folded like the index's tokenizer.
[[nodiscard]] QList<FoldedWord> foldedWords(const QString &text, qsizetype limit = 20'000);

/// Words that must follow each other; the last one may go on when `isPrefix`.
struct ExcerptTerm
{
    QStringList words; ///< folded
    bool isPrefix = false;
};

/// Whether a term stands somewhere among a text's words.
[[nodiscard]] bool holdsTerm(const QList<FoldedWord> &words, const ExcerptTerm &term);

/// One line around the first match, matches between U+E001 and U+E002, cut parts shown as "…".
[[nodiscard]] QString makeExcerpt(const QString &text, const QList<ExcerptTerm> &terms);

} // namespace Earshot
