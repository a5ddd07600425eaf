// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplewriter.h"

namespace Earshot {

SamplePerson SampleWriter::person(int serial)
{
    SamplePerson person;
    person.isGerman = chance(45);
    const SampleLanguage &language = person.language();
    const QString first = pick(language.firstNames).toString();
    const QString last = pick(language.lastNames).toString();
    person.name = first + u' ' + last;
    // Handles are plain ASCII on most servers.
    const QString folded = QString(first + u'_' + last).normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar letter : folded) {
        if (letter.unicode() < 128)
            person.handle += letter;
    }
    person.handle += QString::number(serial);
    if (chance(40))
        person.handle += chance(50) ? QStringLiteral("@garden.example") : QStringLiteral("@norden.example");
    return person;
}

QString SampleWriter::fill(QStringView text, const SamplePerson &person)
{
    const SampleLanguage &language = person.language();
    QString filled;
    qsizetype from = 0;
    for (qsizetype open = text.indexOf(u'{'); open >= 0; open = text.indexOf(u'{', from)) {
        const qsizetype close = text.indexOf(u'}', open);
        filled += text.sliced(from, open - from);
        const QStringView slot = text.sliced(open + 1, close - open - 1);
        if (slot == QLatin1StringView("product"))
            filled += pick(sampleProducts());
        else if (slot == QLatin1StringView("part"))
            filled += pick(language.parts);
        else if (slot == QLatin1StringView("city"))
            filled += pick(language.cities);
        else if (slot == QLatin1StringView("order"))
            filled += QStringLiteral("A-%1").arg(10'000 + number(90'000));
        else if (slot == QLatin1StringView("days"))
            filled += QString::number(2 + number(18));
        else if (slot == QLatin1StringView("name"))
            filled += person.firstName();
        else
            filled += QStringLiteral("ACME");
        from = close + 1;
    }
    filled += text.sliced(from);
    return filled;
}

QString SampleWriter::opening(const SamplePerson &person, int topic)
{
    const SampleLanguage &language = person.language();
    const SampleTopic &about = language.topics.at(topic);
    QString text = fill(pick(about.openings), person);
    if (!about.isPraise && chance(55))
        text += u' ' + fill(pick(language.details), person);
    return text;
}

QString SampleWriter::title(const SamplePerson &person, int topic)
{
    return fill(pick(person.language().topics.at(topic).titles), person);
}

QString SampleWriter::answer(const SamplePerson &person, int topic)
{
    return fill(pick(person.language().topics.at(topic).answers), person);
}

} // namespace Earshot
