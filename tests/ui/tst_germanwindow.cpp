// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/shell/roster.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QTranslator>

using namespace Earshot;

/// What is stored and printed in English is read in German in a German window.
class GermanWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void channelsExplainThemselves_data();
    void channelsExplainThemselves();
    void whatIsFoundInAFileIsSaid();
    void fieldSaysHowCommandsAreFound();

private:
    QTranslator m_german;
};

void GermanWindowTest::initTestCase()
{
    QVERIFY(m_german.load(QStringLiteral(":/i18n/earshot_de.qm")));
    QCoreApplication::installTranslator(&m_german);
}

void GermanWindowTest::channelsExplainThemselves_data()
{
    QTest::addColumn<Health>("health");
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, Health health, const char *stored, const char *shown) {
        QTest::newRow(name) << health << QString::fromUtf8(stored) << QString::fromUtf8(shown);
    };
    row("nothing newer", Health::ok, "nothing newer than 2026-03-04 was found there; what is older was left out",
        "nichts Neueres als %1 wurde dort gefunden; Älteres wurde weggelassen");
    row("dates", Health::clockOff, "what is new is dated 1825 days ahead", "Neues ist 1825 Tage voraus datiert");
    row("one day", Health::clockOff, "what is new is dated a day behind", "Neues ist einen Tag zurück datiert");
    row("clock", Health::clockOff, "the network's clock is 2 days behind", "die Uhr des Netzwerks ist 2 Tage zurück");
    row("gap", Health::gapPossible, "gap possible between 2026-03-04T10:00:00.000Z and 2026-03-04T11:00:00.000Z",
        "zwischen ");
    row("cut off", Health::cutOff, "the document ends early or is broken: only what was whole is stored",
        "das Dokument endet zu früh oder ist beschädigt: nur was ganz war, ist gespeichert");
    row("dropped", Health::withheld,
        "the account's notification settings drop mentions: new accounts, private mentions",
        "die Benachrichtigungseinstellungen des Kontos verwerfen Erwähnungen: neue Konten, private Erwähnungen");
    row("filters", Health::withheld, "filters of the account may hide mentions: storm, new accounts 100%1",
        "Filter des Kontos verbergen vielleicht Erwähnungen: storm, new accounts 100%1");
    row("lists", Health::withheld, "the account hides everybody on these lists: spam",
        "das Konto verbirgt alle auf diesen Listen: spam");
    // The words of a network are its own.
    row("network", Health::unreachable, "503 Service Unavailable", "503 Service Unavailable");
}

void GermanWindowTest::channelsExplainThemselves()
{
    QFETCH(const Health, health);
    QFETCH(const QString, stored);
    QFETCH(QString, shown);
    if (shown.contains(QStringLiteral("als %1")))
        shown = shown.arg(QLocale().toString(QDate(2026, 3, 4), QLocale::ShortFormat));
    WindowWorld world(60);
    QTRY_VERIFY(world.isReady());
    world.setHealth(world.window().roster().channels().constFirst().id, health, stored);
    QTRY_COMPARE(world.window().roster().channels().constFirst().healthDetail, stored);
    QVERIFY(world.window().commands().trigger(QStringLiteral("channels.show")));
    QTRY_VERIFY2(world.textOf("channelFacts").contains(shown), qPrintable(world.textOf("channelFacts")));
    QVERIFY(stored == shown || !world.textOf("channelFacts").contains(stored));
}

void GermanWindowTest::whatIsFoundInAFileIsSaid()
{
    WindowWorld world(60, QStringLiteral("UPDATE tag_tally SET n = n + 1;"
                                         "UPDATE conversation SET message_count = 77 WHERE id = 3;"));
    QTRY_VERIFY(world.isReady());
    QVERIFY(world.window().commands().trigger(QStringLiteral("workspace.verify")));
    const auto said = [&world] { return world.find<QPlainTextEdit>("upkeepDetails")->toPlainText(); };
    QTRY_VERIFY_WITH_TIMEOUT(!said().isEmpty(), 30'000);
    QVERIFY2(said().contains(QStringLiteral("Zahlen der Schlagwörter")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("angeblich 77")), qPrintable(said()));
    QVERIFY2(!said().contains(QStringLiteral("lists are right")) && !said().contains(QStringLiteral("restore")),
             qPrintable(said()));
}

void GermanWindowTest::fieldSaysHowCommandsAreFound()
{
    WindowWorld world(60);
    const auto *field = world.find<QLineEdit>("searchField");
    QVERIFY2(field->placeholderText().contains(QStringLiteral("> Befehl")), qPrintable(field->placeholderText()));
    QVERIFY2(field->toolTip().contains(QStringLiteral("> am Anfang")), qPrintable(field->toolTip()));
}

QTEST_MAIN(GermanWindowTest)
#include "tst_germanwindow.moc"
