// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/wordsource.h"

#include <algorithm>
#include <cmath>

namespace Earshot {

namespace {

constexpr int rareWords = 60'000;

/// The commonest first.
QStringList commonWords()
{
    return QStringLiteral(
               "the der und to die I is it das not ich a nicht my in and mein ist you es for my of on hat mit still "
               "habe an since seit order Bestellung update please bitte does help Hilfe after nach working geht but "
               "aber when wenn again wieder screen Bildschirm battery Akku charger Netzteil lamp Lampe pump Pumpe "
               "keyboard Tastatur delivery Lieferung package Paket refund Erstattung invoice Rechnung broken kaputt "
               "slow langsam loud laut new neu old alt warranty Garantie support service Kundendienst answer Antwort "
               "waiting warte days Tage weeks Wochen yesterday gestern today heute tomorrow morgen manual Anleitung "
               "software firmware app login password Passwort account Konto website Seite shop store Laden price "
               "Preis discount Rabatt colour Farbe black schwarz white weiss green blue cable Kabel plug Stecker "
               "switch Schalter button Knopf light Licht sound Ton picture Bild photo video camera Kamera fan "
               "heat warm cold kalt water Wasser filter noise smell Geruch quality Qualitaet great toll thanks danke "
               "love liebe hate bad schlecht good gut better besser best never nie always immer why warum how wie "
               "where wo who wer what was can kann could should would will must muss may anyone jemand else sonst "
               "problem Problem issue Fehler question Frage idea Idee feature Funktion missing fehlt wrong falsch "
               "right richtig size Groesse weight Gewicht box Karton return Ruecksendung exchange Umtausch repair "
               "Reparatur replace ersetzen send schicken call anrufen write schreiben read lesen open offen closed "
               "geschlossen start starten stop anhalten crash Absturz freeze restart reset wifi bluetooth network "
               "Netzwerk phone Telefon tablet computer Rechner desk Tisch chair Stuhl kitchen Kueche garden Garten")
        .split(QLatin1Char(' '));
}

} // namespace

WordSource::WordSource(quint32 seed)
    : m_random(seed)
    , m_words(commonWords())
{
    makeRareWords(rareWords);
    m_logOfSize = std::log(double(m_words.size()));
}

void WordSource::makeRareWords(int count)
{
    static const QStringList syllables =
        QStringLiteral(
            "ba be bi bo bu da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si "
            "so ta te ti to va ve vi wo zu schi gru tra ple kno fjo")
            .split(QLatin1Char(' '));
    for (int i = 0; i < count; ++i) {
        QString made;
        const qint64 length = 2 + below(4);
        for (qint64 n = 0; n < length; ++n)
            made += syllables.at(below(syllables.size()));
        m_words.append(made);
    }
}

double WordSource::uniform()
{
    return double(m_random() >> 11) * 0x1.0p-53;
}

qint64 WordSource::below(qint64 end)
{
    return std::min(qint64(uniform() * double(end)), end - 1);
}

bool WordSource::chance(double probability)
{
    return uniform() < probability;
}

int WordSource::around(double mean)
{
    return mean <= 1 ? 1 : 1 + int(std::floor(std::log1p(-uniform()) / std::log1p(-1.0 / mean)));
}

const QString &WordSource::word()
{
    // Zipf with exponent 1: the logarithm of the rank is uniform.
    const auto rank = qsizetype(std::exp(uniform() * m_logOfSize)) - 1;
    return m_words.at(std::clamp<qsizetype>(rank, 0, m_words.size() - 1));
}

QString WordSource::text(int bytes)
{
    QString made;
    made.reserve(bytes + 16);
    while (made.size() < bytes) {
        made += word();
        made += QLatin1Char(' ');
    }
    made.chop(1);
    return made;
}

QString WordSource::name()
{
    static const QStringList first = QStringLiteral("Mira Jonas Ana Kim Lea Noah Emma Luis Sofia Paul Ida Finn Mia Ben "
                                                    "Lina Tom Eva Max Nora Jan Olga Ravi Chen Aisha")
                                         .split(QLatin1Char(' '));
    QString last = m_words.at(m_words.size() - 1 - below(20'000));
    last[0] = last.at(0).toUpper();
    return first.at(below(first.size())) + QLatin1Char(' ') + last;
}

} // namespace Earshot
