// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sample/sampletexts.h"

#include <QRandomGenerator>
#include <QString>

namespace Earshot {

/// A customer of the sample workspace: one person, whatever the network.
struct SamplePerson
{
    QString name;
    QString handle; ///< on Mastodon: "lena_vogel" here, "lena_vogel@elsewhere.example" elsewhere
    bool isGerman = false;

    [[nodiscard]] QString firstName() const { return name.section(u' ', 0, 0); }
    [[nodiscard]] const SampleLanguage &language() const { return isGerman ? germanTexts() : englishTexts(); }
};

/// Writes what people say. The same seed writes the same.
class SampleWriter
{
public:
    explicit SampleWriter(quint32 seed)
        : m_random(seed)
    {
    }

    /// 0 .. below-1
    [[nodiscard]] int number(int below) { return int(m_random.bounded(qMax(1, below))); }
    [[nodiscard]] bool chance(int percent) { return number(100) < percent; }
    [[nodiscard]] QStringView pick(const QList<QStringView> &texts) { return texts.at(number(int(texts.size()))); }
    /// @param serial makes the handle unique
    [[nodiscard]] SamplePerson person(int serial);
    [[nodiscard]] int topic() { return number(int(englishTexts().topics.size())); }

    [[nodiscard]] QString opening(const SamplePerson &person, int topic);
    [[nodiscard]] QString title(const SamplePerson &person, int topic);
    [[nodiscard]] QString answer(const SamplePerson &person, int topic);
    [[nodiscard]] QString followUp(const SamplePerson &person)
    {
        return fill(pick(person.language().followUps), person);
    }
    [[nodiscard]] QString closing(const SamplePerson &person) { return fill(pick(person.language().closings), person); }
    [[nodiscard]] QString thanks(const SamplePerson &person) { return fill(pick(person.language().thanks), person); }
    [[nodiscard]] QString bystander(const SamplePerson &person)
    {
        return fill(pick(person.language().bystanders), person);
    }

private:
    [[nodiscard]] QString fill(QStringView text, const SamplePerson &person);

    QRandomGenerator m_random;
};

} // namespace Earshot
