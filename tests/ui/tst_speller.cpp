// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/dictionaries.h"
#include "ui/composer/speller.h"

#include <QTest>

using namespace Earshot;

/// Spelling in several languages, on a thread of its own.
class SpellerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wordsThatAreLookedUp_data();
    void wordsThatAreLookedUp();
    void eachLanguageKnowsItsOwn();
    void suggestsWhatIsMeant();
    void ownWordsStay();
    void findsTheDictionary();
    void unknownLanguageFindsNothingWrong();

private:
    [[nodiscard]] static QStringList wrongIn(Speller &speller, const char *language, const QString &text)
    {
        QStringList words;
        const QList<Misspelling> wrong = speller.check(QString::fromLatin1(language), text).result();
        for (const Misspelling &one : wrong)
            words.append(text.sliced(one.from, one.length));
        return words;
    }

    Dictionaries m_dictionaries;
    std::unique_ptr<QTemporaryDir> m_own;
};

void SpellerTest::init()
{
    m_own = std::make_unique<QTemporaryDir>();
}

void SpellerTest::wordsThatAreLookedUp_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    const auto words = [](const char *list) { return QString::fromUtf8(list).split(QLatin1Char(' ')); };
    QTest::newRow("plain") << QStringLiteral("Hello, dear Mira!") << words("Hello dear Mira");
    QTest::newRow("apostrophe") << QStringLiteral("it's fine") << words("it's fine");
    QTest::newRow("umlauts") << QString::fromUtf8("Grüße aus Köln") << words("Grüße aus Köln");
    QTest::newRow("addresses") << QStringLiteral("see https://x.example/wrng and www.x.example now")
                               << words("see and now");
    QTest::newRow("names and tags") << QStringLiteral("@mira@social.example #brokn mail me@x.example") << words("mail");
    QTest::newRow("gaps") << QStringLiteral("order {order numbr} came") << words("order came");
    QTest::newRow("digits") << QStringLiteral("ThinkTower9 x1 ok") << words("ok");
    QTest::newRow("emoji and single letters") << QString::fromUtf8("👋🏽 a b ok") << words("ok");
}

void SpellerTest::wordsThatAreLookedUp()
{
    QFETCH(QString, text);
    QStringList found;
    const QList<Misspelling> words = wordsToCheck(text);
    for (const Misspelling &word : words)
        found.append(text.sliced(word.from, word.length));
    QTEST(found, "words");
}

void SpellerTest::eachLanguageKnowsItsOwn()
{
    Speller speller(m_own->path());
    QVERIFY(speller.languages().contains(QStringLiteral("en_US")));
    QVERIFY(speller.languages().contains(QStringLiteral("de_DE")));
    QCOMPARE(wrongIn(speller, "en_US", QStringLiteral("the lmap is broken")), QStringList{QStringLiteral("lmap")});
    QCOMPARE(wrongIn(speller, "de_DE", QString::fromUtf8("die Lampe ist kaput, Grüße")),
             QStringList{QStringLiteral("kaput")});
    QCOMPARE(wrongIn(speller, "de_DE", QStringLiteral("the")), QStringList{QStringLiteral("the")});
    // The typographer's apostrophe is one.
    QVERIFY(wrongIn(speller, "en_US", QString::fromUtf8("it’s")).isEmpty());
}

void SpellerTest::suggestsWhatIsMeant()
{
    Speller speller(m_own->path());
    QVERIFY(
        speller.suggest(QStringLiteral("de_DE"), QStringLiteral("kaput")).result().contains(QStringLiteral("kaputt")));
}

void SpellerTest::ownWordsStay()
{
    {
        Speller speller(m_own->path());
        QCOMPARE(wrongIn(speller, "en_US", QStringLiteral("ThinkTower")).size(), 1);
        speller.addWord(QStringLiteral("en_US"), QStringLiteral("ThinkTower"));
        QVERIFY(wrongIn(speller, "en_US", QStringLiteral("ThinkTower")).isEmpty());
        // A language's own: it says nothing about another.
        QCOMPARE(wrongIn(speller, "de_DE", QStringLiteral("ThinkTower")).size(), 1);
    }
    Speller next(m_own->path());
    QVERIFY(wrongIn(next, "en_US", QStringLiteral("ThinkTower")).isEmpty());
}

void SpellerTest::findsTheDictionary()
{
    const Speller speller(m_own->path());
    QCOMPARE(speller.dictionaryFor(QStringLiteral("de")), QStringLiteral("de_DE"));
    QCOMPARE(speller.dictionaryFor(QStringLiteral("en-US")), QStringLiteral("en_US"));
    QCOMPARE(speller.dictionaryFor(QStringLiteral("en_GB")).left(2), QStringLiteral("en"));
    QVERIFY(speller.dictionaryFor(QStringLiteral("xx")).isEmpty());
    QVERIFY(speller.dictionaryFor(QString()).isEmpty());
    QCOMPARE(Speller::nameOf(QStringLiteral("de_DE")), QStringLiteral("Deutsch (Deutschland)"));
}

void SpellerTest::unknownLanguageFindsNothingWrong()
{
    Speller speller(m_own->path());
    QVERIFY(wrongIn(speller, "xx", QStringLiteral("the lmap")).isEmpty());
    QVERIFY(speller.suggest(QStringLiteral("xx"), QStringLiteral("lmap")).result().isEmpty());
}

QTEST_GUILESS_MAIN(SpellerTest)
#include "tst_speller.moc"
