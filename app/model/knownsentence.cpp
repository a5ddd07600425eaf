// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knownsentence.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

constexpr int partsAtMost = 3;

} // namespace

QString KnownSentence::with(const QString &translated) const
{
    // All at once: a part may have "%1" in it.
    switch (parts.size()) {
    case 0:
        return translated;
    case 1:
        return translated.arg(parts.at(0));
    case 2:
        return translated.arg(parts.at(0), parts.at(1));
    default:
        return translated.arg(parts.at(0), parts.at(1), parts.at(2));
    }
}

bool KnownSentence::read(const QString &english, const char *words, QStringList &parts)
{
    QString pattern = QRegularExpression::escape(QString::fromUtf8(words));
    for (int part = 1; part <= partsAtMost; ++part)
        pattern.replace(QStringLiteral("\\%%1").arg(part), QStringLiteral("(.+)"));
    const QRegularExpression whole(QRegularExpression::anchoredPattern(pattern),
                                   QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = whole.match(english);
    if (match.hasMatch())
        parts = match.capturedTexts().mid(1);
    return match.hasMatch();
}

} // namespace Earshot
