// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/drafthistory.h"

#include <QPlainTextEdit>
#include <QTest>

#include <random>

using namespace Earshot;

/// What could be undone and redone before the program ended can be afterwards.
class DraftHistoryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedTextIsUndoneAfterTheNextStart();
    void undoneTextIsRedoneAfterTheNextStart();
    void replacedSelectionComesBack();
    void whatDoesNotFitIsLeftOut();
    void nothingIsKeptOfNothing();
    void longHistoryIsCut();
    void whatIsAskedForTwiceIsMadeOnce();
    void anySequenceComesBack();
};

void DraftHistoryTest::typedTextIsUndoneAfterTheNextStart()
{
    QPlainTextEdit before;
    DraftHistory kept(*before.document());
    QTest::keyClicks(&before, QStringLiteral("Hello Mira"));
    before.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&before, QStringLiteral("> "));

    QPlainTextEdit after;
    DraftHistory history(*after.document());
    history.restore(before.toPlainText(), kept.toText());
    QCOMPARE(after.toPlainText(), QStringLiteral("> Hello Mira"));
    after.undo();
    QCOMPARE(after.toPlainText(), QStringLiteral("Hello Mira"));
    after.undo();
    QCOMPARE(after.toPlainText(), QString());
    QVERIFY(!after.document()->isUndoAvailable());
    after.redo();
    after.redo();
    QCOMPARE(after.toPlainText(), QStringLiteral("> Hello Mira"));
    // And once more: the copy keeps it too.
    QPlainTextEdit third;
    DraftHistory again(*third.document());
    again.restore(after.toPlainText(), history.toText());
    third.undo();
    QCOMPARE(third.toPlainText(), QStringLiteral("Hello Mira"));
}

void DraftHistoryTest::undoneTextIsRedoneAfterTheNextStart()
{
    QPlainTextEdit before;
    DraftHistory kept(*before.document());
    QTest::keyClicks(&before, QStringLiteral("one"));
    before.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&before, QStringLiteral("two "));
    before.undo();
    QCOMPARE(before.toPlainText(), QStringLiteral("one"));

    QPlainTextEdit after;
    DraftHistory history(*after.document());
    history.restore(before.toPlainText(), kept.toText());
    QCOMPARE(after.toPlainText(), QStringLiteral("one"));
    after.redo();
    QCOMPARE(after.toPlainText(), QStringLiteral("two one"));
    after.undo();
    after.undo();
    QCOMPARE(after.toPlainText(), QString());
}

void DraftHistoryTest::replacedSelectionComesBack()
{
    QPlainTextEdit before;
    DraftHistory kept(*before.document());
    QTest::keyClicks(&before, QStringLiteral("good"));
    before.selectAll();
    before.insertPlainText(QStringLiteral("better\nbest"));

    QPlainTextEdit after;
    DraftHistory history(*after.document());
    history.restore(before.toPlainText(), kept.toText());
    after.undo();
    QCOMPARE(after.toPlainText(), QStringLiteral("good"));
}

void DraftHistoryTest::whatDoesNotFitIsLeftOut()
{
    for (const char *kept :
         {"nonsense", R"({"done":[[0,"","other"]]})", R"({"undone":[[40,"x",""]]})", R"({"done":[[-3,"","a"]]})"}) {
        QPlainTextEdit edit;
        DraftHistory history(*edit.document());
        history.restore(QStringLiteral("text"), QString::fromLatin1(kept));
        QCOMPARE(edit.toPlainText(), QStringLiteral("text"));
        QVERIFY(!edit.document()->isUndoAvailable());
    }
}

void DraftHistoryTest::nothingIsKeptOfNothing()
{
    QPlainTextEdit edit;
    const DraftHistory history(*edit.document());
    QVERIFY(history.toText().isEmpty());
}

void DraftHistoryTest::longHistoryIsCut()
{
    QPlainTextEdit edit;
    const DraftHistory history(*edit.document());
    for (int i = 0; i < 300; ++i) {
        edit.moveCursor(QTextCursor::Start);
        edit.insertPlainText(QStringLiteral("line\n"));
    }
    QVERIFY(history.toText().size() < 100 * 30);
    edit.insertPlainText(QString(200'000, QLatin1Char('x')));
    QVERIFY(history.toText().size() < 100);
}

void DraftHistoryTest::whatIsAskedForTwiceIsMadeOnce()
{
    QPlainTextEdit edit;
    const DraftHistory history(*edit.document());
    QTest::keyClicks(&edit, QStringLiteral("one"));
    QVERIFY(!history.toText().isEmpty());
    // The same copies: two windows and each field beside the text ask for them.
    QCOMPARE(history.toText().constData(), QString(history.toText()).constData());
    QCOMPARE(history.text().constData(), QString(history.text()).constData());
    const QString before = history.toText();
    QTest::keyClicks(&edit, QStringLiteral("s"));
    QVERIFY(history.toText() != before);
    QCOMPARE(history.text(), QStringLiteral("ones"));
    edit.undo();
    QCOMPARE(history.text(), QString());
}

void DraftHistoryTest::anySequenceComesBack()
{
    // EARSHOT_SEED=N begins elsewhere.
    const auto first = unsigned(std::max(1, qEnvironmentVariableIntValue("EARSHOT_SEED")));
    for (unsigned round = 0; round < 300; ++round) {
        const unsigned seed = first + round;
        std::mt19937 random(seed);
        QPlainTextEdit before;
        DraftHistory kept(*before.document());
        for (int step = 0; step < 25; ++step) {
            QTextCursor cursor = before.textCursor();
            const int end = before.document()->characterCount() - 1;
            switch (random() % 6) {
            case 0:
                before.undo();
                break;
            case 1:
                before.redo();
                break;
            case 2:
                cursor.setPosition(int(random() % unsigned(end + 1)));
                before.setTextCursor(cursor);
                break;
            case 3:
                QTest::keyClick(&before, Qt::Key_Backspace);
                break;
            case 4:
                cursor.setPosition(int(random() % unsigned(end + 1)));
                cursor.setPosition(int(random() % unsigned(end + 1)), QTextCursor::KeepAnchor);
                cursor.insertText(QStringLiteral("swap"));
                break;
            default:
                QTest::keyClicks(&before, QStringLiteral("ab"));
            }
            QVERIFY2(kept.text() == before.toPlainText(), qPrintable(QStringLiteral("seed %1").arg(seed)));
            // What was made for the step before is no less right after this one.
            if (random() % 3 != 0)
                QVERIFY(kept.toText().size() > 1 || !before.document()->isUndoAvailable());
        }
        QPlainTextEdit after;
        DraftHistory history(*after.document());
        history.restore(before.toPlainText(), kept.toText());
        QVERIFY2(after.toPlainText() == before.toPlainText(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        // All the way back both end at the empty text that they began with.
        while (after.document()->isUndoAvailable())
            after.undo();
        QVERIFY2(after.toPlainText().isEmpty(), qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

QTEST_MAIN(DraftHistoryTest)
#include "tst_drafthistory.moc"
