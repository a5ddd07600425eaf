// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/textfind.h"

namespace Earshot {

namespace {

/// Text without case and accents, and for each of its characters where it stood.
struct Folded
{
    QString text;
    QList<qsizetype> places;
};

Folded fold(const QString &text)
{
    Folded folded;
    folded.text.reserve(text.size());
    folded.places.reserve(text.size() + 1);
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype length = text.at(i).isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        QString piece = text.mid(i, length);
        // Most of what people write has nothing to take apart.
        if (piece.at(0).unicode() > 127)
            piece = piece.normalized(QString::NormalizationForm_KD);
        piece = piece.toCaseFolded();
        for (const QChar c : std::as_const(piece)) {
            if (c.category() == QChar::Mark_NonSpacing)
                continue;
            folded.text += c;
            folded.places.append(i);
        }
        i += length;
    }
    folded.places.append(text.size());
    return folded;
}

} // namespace

QList<std::pair<qsizetype, qsizetype>> findFolded(const QString &text, const QString &wanted)
{
    const QString needle = fold(wanted.trimmed()).text;
    QList<std::pair<qsizetype, qsizetype>> found;
    if (needle.isEmpty())
        return found;
    const Folded folded = fold(text);
    for (qsizetype at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + needle.size())) {
        const qsizetype start = folded.places.at(at);
        qsizetype end = at + needle.size();
        // To the end of the character that the last one came from.
        while (end < folded.places.size() - 1 && folded.places.at(end) == folded.places.at(end - 1))
            ++end;
        found.append({start, folded.places.at(end) - start});
    }
    return found;
}

} // namespace Earshot
