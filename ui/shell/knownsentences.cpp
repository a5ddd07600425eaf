// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/knownsentences.h"

#include "model/healthsentences.h"
#include "ui/shell/wording.h"

#include <QCoreApplication>
#include <QLocale>

namespace Earshot {

namespace {

/// A part of a stored sentence, which may be one itself, a date, a time or several.
QString part(const QString &stored)
{
    if (const QDate date = QDate::fromString(stored, Qt::ISODate); date.isValid() && stored.size() == 10)
        return QLocale().toString(date, QLocale::ShortFormat);
    if (const QDateTime at = QDateTime::fromString(stored, Qt::ISODateWithMs); at.isValid())
        return Wording::clockTime(timeFrom(at));
    const QString between = QStringLiteral(", ");
    QStringList all = stored.split(between);
    for (QString &one : all)
        one = KnownSentences::ofHealth(one);
    return all.join(between);
}

} // namespace

QString KnownSentences::of(const KnownSentence &sentence)
{
    return sentence.with(QCoreApplication::translate("Earshot::KnownSentence", sentence.words));
}

QString KnownSentences::ofHealth(const QString &detail)
{
    for (const char *words : HealthSentences::all) {
        KnownSentence known{words, {}};
        if (!KnownSentence::read(detail, words, known.parts))
            continue;
        for (QString &one : known.parts)
            one = part(one);
        return of(known);
    }
    return detail;
}

} // namespace Earshot
