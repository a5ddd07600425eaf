// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/vocabulary.h"

#include <QSet>

namespace Earshot {

namespace {

constexpr qsizetype wordCount = 40'000;
constexpr int shortest = 4;
constexpr int longest = 42;

QStringList split(const char *words)
{
    return QString::fromUtf8(words).split(u' ', Qt::SkipEmptyParts);
}

QStringList commonWords(Vocabulary::Language language)
{
    if (language == Vocabulary::Language::german)
        return split("die der und ich nicht das ist es mit in zu den ein von auf für wir Sie habe eine mein dem auch "
                     "noch aber wie bei nach hat wird war sich im kann so aus wenn nur oder haben schon Bestellung "
                     "Lieferung Rechnung Gerät Akku Ladegerät Paket Konto Passwort Kundendienst Rückgabe Erstattung "
                     "leider bitte danke endlich seit Tagen niemand antwortet funktioniert kaputt defekt geliefert "
                     "Größe Farbe schön schlecht super wieder immer heute gestern Woche Monat warum wann wo was "
                     "Update App Fehler Bildschirm schwarz startet lädt Geld zurück Qualität Preis teuer günstig "
                     "Hilfe Frage Nummer Vertrag kündigen verlängern Garantie Filiale Mitarbeiter freundlich");
    return split("the and to I it is of a my not in for you that this with on have was but your be are so at as we "
                 "from just when no they what all or can do if out get how after still would order delivery invoice "
                 "device battery charger parcel account password support return refund please thanks finally days "
                 "nobody answers works broken faulty delivered size colour nice bad great again always today "
                 "yesterday week month why where update app error screen black starts charges money back quality "
                 "price expensive cheap help question number contract cancel renew warranty store staff friendly");
}

QStringList syllablesOf(Vocabulary::Language language)
{
    if (language == Vocabulary::Language::german)
        return split("ab an auf aus be ber bau brand dach del ein en er fahr feld fen ge gen gar grün halt haus hei "
                     "hör kauf ke ken kraft kün lauf lich lös mach mei mal müh nach ner ord platz post rei ring rück "
                     "sach schau schal stel stör straß tag tel tür um un ver vor wag weg wer wert zeit zug über");
    return split("a able ad after age al an ance ant ate back ball bar be berry book box bright cal can cast cell "
                 "com con craft de dis down en er est ex fer fly ful gate ground hand head il im ing ion ish ist "
                 "land less light line ly ment ness nor out over per port pre pro re ship side sta sub ter tion un");
}

} // namespace

Vocabulary::Vocabulary(Language language)
    : m_words(commonWords(language))
{
    addMadeUpWords(syllablesOf(language));
    weigh();
}

void Vocabulary::addMadeUpWords(const QStringList &syllables)
{
    RandomSource random(quint64(syllables.size()));
    QSet<QString> known(m_words.cbegin(), m_words.cend());
    while (m_words.size() < wordCount) {
        QString word;
        for (qint64 parts = 2 + random.below(3); parts > 0; --parts)
            word += syllables[random.below(syllables.size())];
        if (!known.contains(word)) {
            known.insert(word);
            m_words.append(word);
        }
    }
}

void Vocabulary::weigh()
{
    const auto count = size_t(m_words.size());
    std::vector<double> weights(count);
    double sum = 0;
    for (size_t rank = 0; rank < count; ++rank)
        sum += weights[rank] = 1.0 / (double(rank) + 2.7);
    m_limits.assign(count, 1.0);
    m_aliases.assign(count, 0);
    std::vector<int> small;
    std::vector<int> large;
    for (size_t i = 0; i < count; ++i) {
        weights[i] *= double(count) / sum;
        (weights[i] < 1.0 ? small : large).push_back(int(i));
    }
    while (!small.empty() && !large.empty()) {
        const auto low = size_t(small.back());
        const auto high = size_t(large.back());
        small.pop_back();
        m_limits[low] = weights[low];
        m_aliases[low] = int(high);
        weights[high] -= 1.0 - weights[low];
        if (weights[high] < 1.0) {
            large.pop_back();
            small.push_back(int(high));
        }
    }
}

const QString &Vocabulary::word(RandomSource &random) const
{
    const auto slot = size_t(random.below(m_words.size()));
    return m_words[random.share() < m_limits[slot] ? qsizetype(slot) : qsizetype(m_aliases[slot])];
}

QString Vocabulary::text(RandomSource &random) const
{
    QString text;
    text.reserve(200);
    const qint64 words = shortest + random.below(longest - shortest);
    bool isStart = true;
    for (qint64 i = 0; i < words; ++i) {
        const qsizetype at = text.size();
        text += word(random);
        if (isStart)
            text[at] = text[at].toUpper();
        isStart = i + 1 == words || random.below(9) == 0;
        if (isStart)
            text += random.below(6) == 0 ? u'!' : u'.';
        if (i + 1 < words)
            text += u' ';
    }
    return text;
}

} // namespace Earshot
