// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/draftbook.h"

#include <QPointer>
#include <QTest>
#include <QTextCursor>

using namespace Earshot;
using Mode = DraftRecord::Mode;

/// What is kept of the drafts of a long day.
class DraftBookTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyOnesAreLetGo();
    void whatWasEmptiedDoesNotComeBack();
    void messagesAreKnownWhileTheyAreAnswered();

private:
    /// Each is opened, and nothing is typed.
    static void openMany(DraftBook &book, qint64 first)
    {
        for (qint64 id = first; id < first + 2 * DraftBook::mostEmpty; ++id)
            Q_UNUSED(book.draft(ConversationId(id), Mode::reply))
        book.tidyUp();
    }
    static QPointer<QTextDocument> documentOf(DraftBook &book, qint64 conversation)
    {
        return book.draft(ConversationId(conversation), Mode::reply).document.get();
    }
};

void DraftBookTest::emptyOnesAreLetGo()
{
    DraftBook book;
    const QPointer<QTextDocument> opened = documentOf(book, 1);
    const QPointer<QTextDocument> written = documentOf(book, 2);
    QTextCursor(written).insertText(QStringLiteral("Dear Mira"));
    const std::shared_ptr<QTextDocument> shown = book.draft(ConversationId(3), Mode::reply).document;
    const QPointer<QTextDocument> undoable = documentOf(book, 4);
    QTextCursor(undoable).insertText(QStringLiteral("x"));
    undoable->undo();
    book.tidyUp();
    QVERIFY(opened && undoable);
    openMany(book, 100);
    QVERIFY(!opened);
    QVERIFY(!undoable);
    QCOMPARE(documentOf(book, 2).data(), written.data());
    QVERIFY(book.has(ConversationId(2), Mode::reply));
    QCOMPARE(documentOf(book, 3).data(), shown.get());
    // One that is begun anew is one like any other.
    QVERIFY(documentOf(book, 1)->isEmpty());
}

void DraftBookTest::whatWasEmptiedDoesNotComeBack()
{
    DraftBook book;
    const Time now = timeFromMs(1'800'000'000'000);
    book.draft(ConversationId(1), Mode::reply).emptiedAt = now;
    openMany(book, 100);
    DraftRecord old;
    old.conversation = ConversationId(1);
    old.mode = Mode::reply;
    old.text = QStringLiteral("moved into a note");
    old.updatedAt = now - std::chrono::seconds(1);
    book.restore(old);
    QVERIFY(!book.has(ConversationId(1), Mode::reply));
    old.updatedAt = now + std::chrono::seconds(1);
    book.restore(old);
    QVERIFY(book.has(ConversationId(1), Mode::reply));
}

void DraftBookTest::messagesAreKnownWhileTheyAreAnswered()
{
    DraftBook book;
    MessageRecord answered;
    answered.id = MessageId(7);
    MessageRecord other;
    other.id = MessageId(8);
    book.know(answered);
    book.know(other);
    Draft &draft = book.draft(ConversationId(1), Mode::reply);
    draft.target = answered.id;
    QTextCursor(draft.document.get()).insertText(QStringLiteral("Dear Mira"));
    openMany(book, 100);
    QVERIFY(book.knows(answered.id));
    QVERIFY(!book.knows(other.id));
}

QTEST_MAIN(DraftBookTest)
#include "tst_draftbook.moc"
