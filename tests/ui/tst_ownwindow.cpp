// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fulldisk.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/attachmentlist.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/conversationprint.h"
#include "ui/conversation/findbar.h"
#include "ui/conversation/mediaviewer.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/window/conversationwindow.h"
#include "ui/window/printing.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPrinter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>

using namespace Earshot;

namespace {

/// Of this process, in kB (proc(5), VmHWM).
qint64 peakOfMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const qsizetype at = all.indexOf("VmHWM:");
    return all.mid(at + 6, all.indexOf(" kB", at) - at - 6).trimmed().toLongLong();
}

} // namespace

/// A conversation in its own window, on paper, and its pictures at their full size.
class OwnWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensByKeyAndActs();
    void nameOfWhoIsAssignedIsNoCommand();
    void bothWriteIntoTheSameDraft();
    void bothShowWhatGoesAlong();
    void bothAnswerTheSameMessage();
    void saysWhatTheMainWindowSays();
    void searchesAndShowsItsKeys();
    void threadPageHasItsMenu();
    void keysLeadAround();
    void goesWithTheMainWindow();
    void namesArePutInAsTheyAre();
    void changedKeysReachIt();
    void printHasEverything();
    void nothingOnPaperIsMarkup();
    void emojiBecomePictures();
    void pdfIsWritten();
    void pdfThatCannotBeWrittenIsSaid();
    void pdfTakesTheOldOnesPlaceWholeOrNotAtAll();
    void whatIsNotOnPaperIsSaid();
    void printingThatFailsIsSaid();
    void findingThatFailsIsSaid();
    void windowGoesOnWhileAPdfIsWritten();
    void picturesAreZoomed();
    void fileIsSaved();
    void arrowsGoThroughTheAttachments();

private:
    void answerInBoth(ConversationId id);
    [[nodiscard]] static ConversationWindow *own() { return WindowWorld::top<ConversationWindow>(); }
    [[nodiscard]] static QString write(const QTemporaryDir &folder, const char *name, QSize size)
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        return image.save(folder.filePath(QString::fromLatin1(name)), "PNG") ? QString::fromLatin1(name) : QString();
    }
    [[nodiscard]] static ConversationPrint smallPrint()
    {
        ConversationPrint print;
        print.conversation.number = 12;
        print.conversation.contactName = QStringLiteral("<b>Mira</b>");
        MessageRecord message;
        message.authorName = QStringLiteral("<img src='file:///etc/passwd'>");
        message.text = QString::fromUtf8("Lamp <i>broken</i> 👋🏽 and ❤️\nsecond line & 1 < 2");
        message.sortAt = timeFromMs(1'800'000'000'000);
        print.messages = {message};
        return print;
    }

    std::unique_ptr<WindowWorld> m_world;
};

void OwnWindowTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
}

void OwnWindowTest::cleanup()
{
    m_world.reset();
}

/// Who is called like a place in our sentences takes no other word's.
void OwnWindowTest::namesArePutInAsTheyAre()
{
    const QString name = QStringLiteral("50%2 off");
    m_world->write(name, QStringLiteral("Is that so?"));
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    ConversationId id;
    const auto isOfName = [&name](const ConversationRecord &record) { return record.contactName == name; };
    QTRY_VERIFY((id = m_world->show(isOfName)).isValid());
    m_world->press(QStringLiteral("Shift+O"));
    QTRY_VERIFY(own());
    QTRY_COMPARE(own()->windowTitle(), QStringLiteral("50%2 off · #") + QString::number(m_world->record(id).number));
}

void OwnWindowTest::opensByKeyAndActs()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("Shift+O"));
    QTRY_VERIFY(own());
    QTRY_COMPARE(own()->pane().record().id, id);
    QTRY_VERIFY(own()->windowTitle().contains(QStringLiteral("#%1").arg(m_world->record(id).number)));
    QVERIFY(QTest::qWaitForWindowActive(own()));
    // It is its own: the main window goes on without it.
    QTRY_COMPARE(QApplication::focusWidget(), &own()->pane().timeline());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ShiftModifier);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(own()->commands().action(QStringLiteral("edit.undo"))->isEnabled());
    QVERIFY(own()->commands().trigger(QStringLiteral("edit.undo")));
    QTRY_VERIFY(!m_world->record(id).assignee.isValid());
    QTest::keyClick(own(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!own());
}

/// The name is typed before the list of names is there.
void OwnWindowTest::nameOfWhoIsAssignedIsNoCommand()
{
    const ConversationId id = m_world->showMention();
    m_world->press(QStringLiteral("Shift+O"));
    QTRY_VERIFY(own());
    QTRY_COMPARE(own()->pane().record().id, id);
    QVERIFY(QTest::qWaitForWindowActive(own()));
    QTRY_COMPARE(QApplication::focusWidget(), &own()->pane().timeline());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ae"));
    QTRY_VERIFY(own()->findChild<QLineEdit *>(QStringLiteral("pickField")));
    QCOMPARE(m_world->record(id).status, Status::open);
}

void OwnWindowTest::bothWriteIntoTheSameDraft()
{
    const ConversationId id = m_world->showMention();
    m_world->press(QStringLiteral("N"));
    m_world->type(QStringLiteral("from the first"));
    m_world->window().openWindow(id);
    QTRY_COMPARE(own()->pane().record().id, id);
    own()->pane().openComposer(DraftRecord::Mode::note);
    auto *edit = own()->pane().composer().findChild<QPlainTextEdit *>(QStringLiteral("composerText"));
    QCOMPARE(edit->toPlainText(), QStringLiteral("from the first"));
    edit->moveCursor(QTextCursor::End);
    QTest::keyClicks(edit, QStringLiteral(" and the second"));
    QCOMPARE(m_world->window().findChild<QPlainTextEdit *>(QStringLiteral("composerText"))->toPlainText(),
             QStringLiteral("from the first and the second"));
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    const auto newest = [&] {
        const QList<MessageRecord> all = m_world->messages(id);
        return all.isEmpty() ? QString() : all.constLast().text;
    };
    QTRY_COMPARE(newest(), QStringLiteral("from the first and the second"));
    QTRY_VERIFY(m_world->window().findChild<QPlainTextEdit *>(QStringLiteral("composerText"))->toPlainText().isEmpty());
}

/// Publicly: in the main window, and in the conversation's own one.
void OwnWindowTest::answerInBoth(ConversationId id)
{
    m_world->window().findChild<ConversationPane *>()->openComposer(DraftRecord::Mode::reply);
    m_world->window().openWindow(id);
    QTRY_COMPARE(own()->pane().record().id, id);
    own()->pane().openComposer(DraftRecord::Mode::reply);
    QTRY_COMPARE(own()->pane().composer().mode(), DraftRecord::Mode::reply);
}

void OwnWindowTest::bothShowWhatGoesAlong()
{
    const ConversationId id = m_world->showMention();
    answerInBoth(id);
    Composer &first = m_world->window().findChild<ConversationPane *>()->composer();
    Composer &second = own()->pane().composer();
    const auto warning = [](Composer &of) { return of.findChild<QLineEdit *>(QStringLiteral("composerWarning")); };
    const auto media = [](Composer &of) { return of.findChild<AttachmentList *>()->media(); };
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::green);
    Q_EMIT first.findChild<ComposerEdit *>()->imageGiven(image);
    QTRY_COMPARE(media(first).size(), 1);
    QCOMPARE(media(second), media(first));
    image.fill(Qt::red);
    Q_EMIT second.findChild<ComposerEdit *>()->imageGiven(image);
    QTRY_COMPARE(media(second).size(), 2);
    QCOMPARE(media(first), media(second));
    first.findChild<QLineEdit *>(QStringLiteral("attachmentDescription1"))->setText(QStringLiteral("all red"));
    QCOMPARE(second.findChild<QLineEdit *>(QStringLiteral("attachmentDescription1"))->text(),
             QStringLiteral("all red"));
    QCOMPARE(media(second), media(first));
    warning(second)->setText(QStringLiteral("spoiler"));
    QCOMPARE(warning(first)->text(), QStringLiteral("spoiler"));
    // What one of them takes away is gone from both, and what was sent is not shown as still to be sent.
    second.findChild<QToolButton *>(QStringLiteral("attachmentRemove0"))->click();
    QCOMPARE(media(first), media(second));
    QCOMPARE(media(first).size(), 1);
    second.findChild<QPushButton *>(QStringLiteral("composerSend"))->click();
    QTRY_VERIFY(!second.isOpen());
    QTRY_VERIFY(media(first).isEmpty());
    QVERIFY(warning(first)->text().isEmpty());
    QVERIFY(first.isOpen());
    const QList<MessageRecord> all = m_world->messages(id);
    QCOMPARE(all.constLast().media.size(), 1);
    QCOMPARE(all.constLast().media.constFirst().description, QStringLiteral("all red"));
}

void OwnWindowTest::bothAnswerTheSameMessage()
{
    const ConversationId id = m_world->showMention();
    answerInBoth(id);
    Composer &first = m_world->window().findChild<ConversationPane *>()->composer();
    Composer &second = own()->pane().composer();
    MessageRecord older = m_world->messages(id).constFirst();
    older.id = MessageId(987'654);
    older.text = QStringLiteral("the older one");
    second.open(DraftRecord::Mode::reply, older);
    const auto *quote = first.findChild<PlainLabel *>(QStringLiteral("composerQuote"));
    QVERIFY2(quote->text().contains(QStringLiteral("the older one")), qPrintable(quote->text()));
}

void OwnWindowTest::saysWhatTheMainWindowSays()
{
    const ConversationId id = m_world->showMention();
    const ChannelId channel = m_world->record(id).channel;
    m_world->window().openWindow(id);
    QTRY_COMPARE(own()->pane().record().id, id);
    const auto *stopped = own()->findChild<QWidget *>(QStringLiteral("stoppedBar"));
    QVERIFY(!stopped->isVisible());
    QVERIFY(m_world->act(Act::PauseSending{channel, QStringLiteral("rumours")}).isApplied());
    QTRY_VERIFY(stopped->isVisible());
    const QString me = m_world->window().roster().agentName(m_world->desk().me());
    QVERIFY(!me.isEmpty());
    for (const QWidget *bar : std::initializer_list<const QWidget *>{stopped, m_world->widget("stoppedBar")}) {
        const auto words = [bar] {
            QString all;
            for (const PlainLabel *label : bar->findChildren<PlainLabel *>())
                all += label->text();
            return all;
        };
        QTRY_VERIFY2(words().contains(me) && words().contains(QStringLiteral("rumours")), qPrintable(words()));
    }
    Act::PinNotice notice;
    notice.text = QStringLiteral("Say nothing about the recall");
    notice.channel = channel;
    notice.until = m_world->clock().now() + std::chrono::hours(1);
    QVERIFY(m_world->act(notice).isApplied());
    QTRY_VERIFY(own()->pane().notices().isVisible());
    QCOMPARE(own()->pane().notices().text(),
             m_world->window().findChild<NoticeBar *>(QStringLiteral("composerNotices"))->text());
    QVERIFY(m_world->act(Act::ResumeSending{channel}).isApplied());
    QTRY_VERIFY(!stopped->isVisible());
}

void OwnWindowTest::searchesAndShowsItsKeys()
{
    m_world->window().openWindow(m_world->showMention());
    QTRY_VERIFY(own() && own()->pane().basedOn() > 0);
    QVERIFY(QTest::qWaitForWindowActive(own()));
    QTest::keyClick(own(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(own()->pane().findBar().isOpen());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!own()->pane().findBar().isOpen());
    QVERIFY(own()->isVisible());
    QTest::keyClick(&own()->pane().timeline(), Qt::Key_Question);
    QTRY_VERIFY(own()->findChild<QDialog *>(QStringLiteral("cheatSheet")));
}

void OwnWindowTest::threadPageHasItsMenu()
{
    m_world->window().openWindow(m_world->showMention());
    QTRY_VERIFY(own() && own()->pane().basedOn() > 0);
    QVERIFY(QTest::qWaitForWindowActive(own()));
    QVERIFY(own()->commands().trigger(QStringLiteral("conversation.thread")));
    QListView &list = own()->pane().thread().list();
    QTRY_VERIFY(list.isVisible() && list.currentIndex().isValid());
    list.setFocus();
    QTRY_COMPARE(QApplication::focusWidget(), &list);
    QTest::keyClick(&list, Qt::Key_F10, Qt::ShiftModifier);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    CommandRegistry &commands = own()->commands();
    for (const char *command : {"conversation.reply", "conversation.unseen", "message.hide", "message.copyLink"})
        QVERIFY2(menu->actions().contains(commands.action(QString::fromLatin1(command))), command);
    menu->close();
}

void OwnWindowTest::keysLeadAround()
{
    const ConversationId id = m_world->showMention();
    m_world->window().openWindow(id);
    QTRY_VERIFY(own() && own()->pane().basedOn() > 0);
    QVERIFY(QTest::qWaitForWindowActive(own()));
    own()->pane().openComposer(DraftRecord::Mode::note);
    auto *edit = own()->pane().composer().findChild<QPlainTextEdit *>(QStringLiteral("composerText"));
    QTRY_COMPARE(QApplication::focusWidget(), edit);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QTRY_COMPARE(QApplication::focusWidget(), &own()->pane().timeline());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QTRY_COMPARE(QApplication::focusWidget(), edit);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    QTRY_COMPARE(QApplication::focusWidget(), &own()->pane().timeline());
    // What the message below offers is done from wherever the keyboard is.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ShiftModifier);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(!own()->findChild<MessageBar *>()->text().isEmpty());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    QTRY_VERIFY(!m_world->record(id).assignee.isValid());
}

void OwnWindowTest::goesWithTheMainWindow()
{
    const ConversationId id = m_world->showMention();
    m_world->window().openWindow(id);
    m_world->window().openWindow(id);
    QTRY_COMPARE(own()->pane().record().id, id);
    own()->close();
    m_world.reset();
    QVERIFY(!own());
}

void OwnWindowTest::printHasEverything()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::AddNote{id, QStringLiteral("a note on it")}).isApplied());
    QVERIFY(m_world->act(Act::Claim{id}).isApplied());
    const auto print = readForPrint(m_world->desk(), id).result();
    QVERIFY(print);
    const auto document =
        PrintDocument::make(*print, m_world->desk().workspace().mediaFolder(), m_world->clock().now());
    const QString text = document->toPlainText();
    for (const MessageRecord &message : m_world->messages(id)) {
        const QString line = message.text.section(QLatin1Char('\n'), 0, 0);
        QVERIFY2(splitEmoji(line).size() > 1 || text.contains(line), qPrintable(line));
    }
    QVERIFY(text.contains(QStringLiteral("a note on it")));
    QVERIFY(text.contains(QStringLiteral("Note of")));
    QVERIFY(text.contains(QStringLiteral("took this")));
    QVERIFY(text.contains(QStringLiteral("#%1").arg(m_world->record(id).number)));
    QVERIFY(!readForPrint(m_world->desk(), ConversationId(99'999'999)).result());
}

void OwnWindowTest::nothingOnPaperIsMarkup()
{
    const auto document = PrintDocument::make(smallPrint(), QString(), timeFromMs(1'800'000'000'000));
    const QString text = document->toPlainText();
    QVERIFY(text.contains(QStringLiteral("<b>Mira</b>")));
    QVERIFY(text.contains(QStringLiteral("<img src='file:///etc/passwd'>")));
    QVERIFY(text.contains(QStringLiteral("1 < 2")));
}

void OwnWindowTest::emojiBecomePictures()
{
    QCOMPARE(splitEmoji(QString::fromUtf8("a 👋🏽b❤️ 1 ❤ 👨‍👩‍👧")),
             (QList<TextPiece>{{QStringLiteral("a "), false},
                               {QString::fromUtf8("👋🏽"), true},
                               {QStringLiteral("b"), false},
                               {QString::fromUtf8("❤️"), true},
                               {QString::fromUtf8(" 1 ❤ "), false},
                               {QString::fromUtf8("👨‍👩‍👧"), true}}));
    QVERIFY(splitEmoji(QString()).isEmpty());
    const auto document = PrintDocument::make(smallPrint(), QString(), timeFromMs(1'800'000'000'000));
    int pictures = 0;
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            if (!format.isImageFormat())
                continue;
            pictures += int(it.fragment().length());
            QVERIFY(document->resource(QTextDocument::ImageResource, QUrl(format.toImageFormat().name())).isValid());
        }
    }
    QCOMPARE(pictures, 2);
}

void OwnWindowTest::printingThatFailsIsSaid()
{
    const QTemporaryDir folder;
    auto *printing = m_world->window().findChild<Printing *>();
    QSignalSpy failed(printing, &Printing::failed);
    QSignalSpy told(printing, &Printing::message);
    ConversationPrint print;
    const auto printerTo = [](const QString &file) {
        auto printer = std::make_shared<QPrinter>();
        printer->setOutputFormat(QPrinter::PdfFormat);
        printer->setOutputFileName(file);
        return printer;
    };
    printing->printOn(printerTo(folder.filePath(QStringLiteral("no/such/place.pdf"))), print);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.constFirst().constFirst().toString().startsWith(QStringLiteral("The conversation was not printed")));
    const QString file = folder.filePath(QStringLiteral("good.pdf"));
    printing->printOn(printerTo(file), print);
    QTRY_VERIFY(QFileInfo(file).size() > 0);
    QCOMPARE(told.size(), 2);
    QCOMPARE(failed.size(), 1);
    {
        // The disk fills meanwhile: the good one stays.
        const qint64 size = QFileInfo(file).size();
        const FullDisk disk(500);
        printing->printOn(printerTo(file), print);
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(QFileInfo(file).size(), size);
    }
}

void OwnWindowTest::findingThatFailsIsSaid()
{
    QVERIFY(m_world->showMention().isValid());
    auto &bar = m_world->window().findChild<ConversationPane *>()->findBar();
    bar.open();
    auto *field = bar.findChild<QLineEdit *>();
    Database::setFault([]() -> std::optional<Error> { return Error{ErrorKind::io, {}, {}}; });
    QTest::keyClicks(field, QStringLiteral("e"));
    QTest::keyClick(field, Qt::Key_Return);
    const auto said = [&bar] { return bar.findChild<PlainLabel *>(QStringLiteral("findPlace"))->text(); };
    QTRY_VERIFY2(said().startsWith(QStringLiteral("Not searched")), qPrintable(said()));
    Database::setFault({});
    field->setText(QStringLiteral("xyzzy"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(said(), QStringLiteral("Nothing found"));
}

void OwnWindowTest::pdfIsWritten()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("conversation.pdf"));
    auto *printing = m_world->window().findChild<Printing *>();
    QSignalSpy told(printing, &Printing::message);
    printing->writePdf(m_world->showMention(), path);
    QTRY_COMPARE(told.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.read(5), QByteArray("%PDF-"));
    QVERIFY(file.size() > 2000);
    QSignalSpy failed(printing, &Printing::failed);
    printing->writePdf(m_world->shown(), folder.filePath(QStringLiteral("no/such/folder.pdf")));
    QTRY_COMPARE(failed.size(), 1);
}

void OwnWindowTest::pdfThatCannotBeWrittenIsSaid()
{
    const QTemporaryDir folder;
    auto *printing = m_world->window().findChild<Printing *>();
    const QSignalSpy told(printing, &Printing::message);
    const QSignalSpy failed(printing, &Printing::failed);
    // Something is there that nothing can be written over.
    const QString path = folder.filePath(QStringLiteral("conversation.pdf"));
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("conversation.pdf")));
    printing->writePdf(m_world->showMention(), path);
    QTRY_COMPARE(failed.size() + told.size(), 1);
    QVERIFY2(told.isEmpty(), "it was said to be written");
    QVERIFY(failed.constFirst().constFirst().toString().startsWith(QStringLiteral("Reading or writing failed.")));
}

void OwnWindowTest::pdfTakesTheOldOnesPlaceWholeOrNotAtAll()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("conversation.pdf"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("the older one");
    file.close();
    const auto document = PrintDocument::make(smallPrint(), QString(), timeFromMs(1'800'000'000'000));
    for (const rlim_t room : {0, 2000}) {
        const FullDisk disk(room);
        const Done written = PrintDocument::writePdf(*document, path, QStringLiteral("A title"));
        QVERIFY2(!written, qPrintable(QString::number(room)));
        QCOMPARE(written.error().kind, ErrorKind::io);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("the older one"));
        file.close();
    }
    QVERIFY(PrintDocument::writePdf(*document, path, QStringLiteral("A title")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().trimmed().endsWith("%%EOF"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList{QStringLiteral("conversation.pdf")});
}

void OwnWindowTest::whatIsNotOnPaperIsSaid()
{
    const ConversationId id = m_world->showMention();
    for (const char *note : {"the first note", "the second note", "the third note"})
        QVERIFY(m_world->act(Act::AddNote{id, QString::fromLatin1(note)}).isApplied());
    const auto textOf = [&](int most) {
        const auto print = readForPrint(m_world->desk(), id, most).result();
        return print ? PrintDocument::make(*print, QString(), m_world->clock().now())->toPlainText() : QString();
    };
    const QString said = QStringLiteral("What is older is not on this paper");
    const QString cut = textOf(2);
    QVERIFY(cut.contains(QStringLiteral("the second note")) && cut.contains(QStringLiteral("the third note")));
    QVERIFY(!cut.contains(QStringLiteral("the first note")));
    QVERIFY(cut.contains(said));
    QVERIFY(cut.indexOf(said) < cut.indexOf(QStringLiteral("the second note")));
    QVERIFY(!textOf(int(m_world->messages(id).size())).contains(said));
}

void OwnWindowTest::windowGoesOnWhileAPdfIsWritten()
{
    const QTemporaryDir folder;
    const ConversationId id = m_world->showMention();
    const QString paragraph = QStringLiteral("A note that is long enough to fill some lines of a page. ").repeated(40);
    for (int i = 0; i < 200; ++i)
        QVERIFY(m_world->act(Act::AddNote{id, paragraph}).isApplied());
    auto *printing = m_world->window().findChild<Printing *>();
    const QSignalSpy told(printing, &Printing::message);
    // Counts how often the window could have done something else: on a slow machine seldom, but again and again.
    int turns = 0;
    QTimer ticking;
    connect(&ticking, &QTimer::timeout, this, [&turns] { ++turns; });
    printing->writePdf(id, folder.filePath(QStringLiteral("long.pdf")));
    ticking.start(1);
    QVERIFY(told.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 30'000);
    QVERIFY2(turns > 1, qPrintable(QString::number(turns)));
}

void OwnWindowTest::picturesAreZoomed()
{
    const QTemporaryDir folder;
    MediaRecord media;
    media.hash = write(folder, "abc", {2000, 1000});
    media.type = QStringLiteral("image/png");
    media.description = QStringLiteral("A <b>lamp</b>");
    auto *viewer = new MediaViewer(folder.path(), {media}, 0, nullptr);
    viewer->resize(600, 500);
    viewer->show();
    QTRY_VERIFY(viewer->zoom() < 40); // it fits
    QVERIFY(viewer->findChild<QWidget *>(QStringLiteral("mediaLarger"))->isEnabled());
    QTest::keyClick(viewer, Qt::Key_0);
    QCOMPARE(viewer->zoom(), 100);
    QTest::keyClick(viewer, Qt::Key_Plus);
    QVERIFY(viewer->zoom() > 120);
    QTest::keyClick(viewer, Qt::Key_Minus);
    QTest::keyClick(viewer, Qt::Key_Minus);
    QVERIFY(viewer->zoom() < 100);
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(viewer, Qt::Key_Minus);
    QCOMPARE(viewer->zoom(), 10);
    // As large as it gets, it is painted only as far as it is seen: all of it would be half a gigabyte.
    const qint64 before = peakOfMemory();
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(viewer, Qt::Key_Plus);
    QCOMPARE(viewer->zoom(), 800);
    QVERIFY(!viewer->grab().isNull());
    QVERIFY(peakOfMemory() - before < 100'000);
    QTest::keyClick(viewer, Qt::Key_F);
    QVERIFY(viewer->zoom() > 10 && viewer->zoom() < 40);
    QCOMPARE(m_world->textOf("mediaDescription"), QStringLiteral("A <b>lamp</b>"));
    viewer->close();
}

void OwnWindowTest::fileIsSaved()
{
    const QTemporaryDir folder;
    MediaRecord media;
    media.hash = write(folder, "abc", {8, 8});
    MediaRecord missing;
    missing.description = QStringLiteral("never fetched");
    auto *viewer = new MediaViewer(folder.path(), {media, missing}, 0, nullptr);
    viewer->show();
    const QString path = folder.filePath(QStringLiteral("saved.png"));
    const auto end = [](QFuture<Done> future) {
        future.waitForFinished();
        return future.result();
    };
    const auto said = [viewer] {
        return viewer->findChild<QWidget *>(QStringLiteral("mediaTrouble"))->accessibleName();
    };
    const auto save = [viewer](const QString &file) {
        QTest::keySequence(viewer, QKeySequence::Save);
        auto *dialog = viewer->findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        delete dialog;
    };
    save(path);
    QTRY_VERIFY2(said().contains(QStringLiteral("saved.png")), qPrintable(said()));
    QCOMPARE(QImage(path).size(), QSize(8, 8));
    QVERIFY(end(viewer->saveAs(path)));
    save(folder.filePath(QStringLiteral("no/such/place.png")));
    QTRY_VERIFY2(said().startsWith(QStringLiteral("Not saved.")), qPrintable(said()));
    // What was there stays where the new one cannot be had.
    QVERIFY(QFile::rename(folder.filePath(media.hash), folder.filePath(QStringLiteral("gone"))));
    QVERIFY(!end(viewer->saveAs(path)));
    QCOMPARE(QImage(path).size(), QSize(8, 8));
    QTest::keyClick(viewer, Qt::Key_Right);
    // There is nothing to enlarge.
    QVERIFY(!viewer->findChild<QWidget *>(QStringLiteral("mediaLarger"))->isEnabled());
    QCOMPARE(end(viewer->saveAs(path)).error().kind, ErrorKind::notFound);
    QVERIFY(!viewer->findChild<QToolButton *>(QStringLiteral("mediaSave"))->isEnabled());
    viewer->close();
}

void OwnWindowTest::arrowsGoThroughTheAttachments()
{
    const QTemporaryDir folder;
    MediaRecord media;
    media.hash = write(folder, "abc", {8, 8});
    auto *viewer = new MediaViewer(folder.path(), {media, media, media}, 1, nullptr);
    viewer->show();
    QTest::keyClick(viewer, Qt::Key_Right);
    QTest::keyClick(viewer, Qt::Key_Right);
    QCOMPARE(viewer->index(), 2);
    QTest::keyClick(viewer, Qt::Key_Left);
    QCOMPARE(viewer->index(), 1);
    QVERIFY(viewer->windowTitle().contains(QStringLiteral("2")));
    viewer->close();
}

void OwnWindowTest::changedKeysReachIt()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("Shift+O"));
    QTRY_VERIFY(own());
    const auto textOfReply = [this] {
        for (const QAction *action : own()->actions()) {
            if (action->text().contains(QStringLiteral("Reopen")) || action->text().contains(QStringLiteral("Re&open")))
                return action->text();
        }
        return QString();
    };
    const QString before = textOfReply();
    QVERIFY(!before.isEmpty());
    m_world->window().commands().setKeys(QStringLiteral("conversation.reopen"), {QStringLiteral("Shift+W"), {}});
    QTRY_VERIFY2(textOfReply().contains(QStringLiteral("Shift+W")), qPrintable(textOfReply()));
    m_world->window().commands().resetKeys();
}

QTEST_MAIN(OwnWindowTest)
#include "tst_ownwindow.moc"
