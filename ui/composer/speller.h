// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QThread>

namespace Earshot {

class SpellWorker;

/// A word that no dictionary knows: its place in the text that was asked about, in UTF-16 units.
struct Misspelling
{
    int from = 0;
    int length = 0;
    bool operator==(const Misspelling &) const = default;
};

/// Spelling by the Hunspell dictionaries that the system has, and a list of own words for each language. Looking up and
/// suggesting happen on a thread of its own. Lives on the GUI thread; one for a window.
class Speller final : public QObject
{
    Q_OBJECT

public:
    /// @param ownWords folder of the own words' files; made when the first word is added
    explicit Speller(QString ownWords, QObject *parent = nullptr);
    ~Speller() override;

    /// The languages of the dictionaries ("de_DE", "en_US"), sorted. Looks at folders once.
    [[nodiscard]] const QStringList &languages() const { return m_languages; }
    /// The best dictionary for a language tag ("de", "en-GB"): the same country's, else that of the language's own,
    /// else any; empty = none.
    [[nodiscard]] QString dictionaryFor(const QString &tag) const;
    /// How people call it: "Deutsch (Deutschland)".
    [[nodiscard]] static QString nameOf(const QString &language);

    /// What is written wrong in a text. Addresses, @names, #tags, gaps and what holds a digit are left out. No
    /// dictionary of this language: nothing is wrong.
    [[nodiscard]] QFuture<QList<Misspelling>> check(const QString &language, const QString &text);
    /// At most eight. Takes up to 280 ms.
    [[nodiscard]] QFuture<QStringList> suggest(const QString &language, const QString &word);
    /// From now on, also after the next start.
    void addWord(const QString &language, const QString &word);

Q_SIGNALS:
    /// A word was added: what was marked may be right now.
    void wordsChanged(const QString &language);

private:
    QStringList m_languages;
    QThread m_thread;
    SpellWorker *m_worker;
};

/// The words of a text that are looked up.
[[nodiscard]] QList<Misspelling> wordsToCheck(const QString &text);

} // namespace Earshot
