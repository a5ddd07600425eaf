// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/keyboard.h"
#include "tests/ui/talkworld.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/mediakeeper.h"
#include "ui/composer/modelook.h"
#include "ui/composer/textcompletion.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/plainlabel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Earshot;
using Mode = DraftRecord::Mode;

namespace {

/// Of more than the 100,000 bytes that the network takes (talkworld.cpp).
QImage noisyPicture()
{
    QImage image(300, 300, QImage::Format_RGB32);
    quint32 seed = 1;
    for (int i = 0; i < 300 * 300; ++i) {
        seed = seed * 1'664'525 + 1'013'904'223;
        image.setPixel(i % 300, i / 300, seed >> 8U);
    }
    return image;
}

} // namespace

/// The composer's fields beside its text: attachments and their descriptions, the content warning, what is moved.
class ComposerMediaTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sendKeysWorkInEveryField();
    void contentWarningGoesAlong();
    void emojiAreFoundByName();
    void tooManyPicturesAreRefusedInWords();
    void movedTextIsNotLeftBehind();
    void anotherModeAnswersTheSameMessage();
    void lateAttachmentIsKept();
    void largePicturesAreAnnounced();
    void filesAreKeptByTheirHash();
    void pastedTextIsPlain();
    void pastedPictureGoesAlong();
    void whatIsStillReadGoesAlong();
    void leavingWhatWaitsIsSaid_data();
    void leavingWhatWaitsIsSaid();
    void whatIsBeingDescribedDoesNotGo();
    void whatWaitsCanBeStopped();
    void agreementEndsWithWhatComes();
    void whatWasLookedAtMeanwhileStopsNothing();
    void whatComesLaterHidesNoQuestion();
    void droppedPictureGoesAlong();
    void fileIsNoTextOfANote();

private:
    [[nodiscard]] ComposerSubject subject()
    {
        ComposerSubject subject;
        subject.conversation = m_world->record();
        subject.channel = m_world->channelRecord();
        subject.agents = m_world->agents();
        const QList<MessageRecord> messages = m_world->messages();
        for (const MessageRecord &message : messages) {
            if (message.kind == MessageKind::inbound)
                subject.newestInbound = message;
        }
        return subject;
    }
    [[nodiscard]] ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(); }
    [[nodiscard]] QString question() const { return m_composer->findChild<ChoiceBar *>()->text(); }
    [[nodiscard]] QPushButton *sendButton() const
    {
        return m_composer->findChild<QPushButton *>(QStringLiteral("composerSend"));
    }
    /// Sends while the picture is read; nothing has come when this ends.
    void sendWithPicture()
    {
        QImage image(1500, 1500, QImage::Format_RGB32);
        image.fill(Qt::blue);
        Q_EMIT edit()->imageGiven(image);
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_composer->isWaiting() && m_composer->isBusy());
    }
    void choose(const QString &text) const
    {
        const auto buttons = m_composer->findChild<ChoiceBar *>()->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.cbegin(), buttons.cend(), [&text](const QPushButton *button) {
            return button->isVisibleTo(button->parentWidget()) && button->text() == text;
        });
        QVERIFY2(found != buttons.cend(), qPrintable(question()));
        (*found)->click();
    }
    [[nodiscard]] MessageRecord lastMessage() { return m_world->messages().constLast(); }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<CommandRegistry> m_commands;
    std::unique_ptr<Composer> m_composer;
};

void ComposerMediaTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_composer = std::make_unique<Composer>(m_world->desk());
    m_commands = std::make_unique<CommandRegistry>();
    m_composer->addCommands(*m_commands);
    m_composer->resize(600, 260);
    m_composer->setSubject(subject());
}

void ComposerMediaTest::cleanup()
{
    m_composer.reset();
    m_world.reset();
}

void ComposerMediaTest::sendKeysWorkInEveryField()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::blue);
    const auto field = [this](const char *name) {
        return m_composer->findChild<QLineEdit *>(QString::fromLatin1(name));
    };
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("once"));
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    QTest::keyClick(field("composerWarning"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(performed.size(), 1);
    m_composer->setSubject(subject());
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("twice"));
    Q_EMIT edit()->imageGiven(image);
    QTRY_VERIFY(field("attachmentDescription0"));
    // Enter alone sends nothing.
    QTest::keyClick(field("attachmentDescription0"), Qt::Key_Return);
    QTest::keyClick(field("attachmentDescription0"), Qt::Key_Escape);
    QVERIFY(!m_composer->isOpen());
    QCOMPARE(performed.size(), 1);
    m_composer->open(Mode::reply);
    QTRY_VERIFY(field("attachmentDescription0"));
    QTest::keyClick(field("attachmentDescription0"), Qt::Key_Enter, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(performed.size(), 2);
    QVERIFY(performed.constLast().at(1).toBool());
}

void ComposerMediaTest::contentWarningGoesAlong()
{
    m_composer->open(Mode::reply);
    QTest::keyClicks(m_composer->findChild<QLineEdit *>(QStringLiteral("composerWarning")), QStringLiteral("smoke"));
    QTest::keyClicks(edit(), QStringLiteral("Is it burnt?"));
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().text, QStringLiteral("Is it burnt?"));
    QCOMPARE(lastMessage().contentWarning, QStringLiteral("smoke"));
}

void ComposerMediaTest::emojiAreFoundByName()
{
    m_composer->open(Mode::reply);
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit()->setFocus();
    QAbstractItemView *popup = nullptr;
    for (const TextCompletion *completion : m_composer->findChildren<TextCompletion *>()) {
        if (completion->completer()->popup()->objectName() == QStringLiteral("emojiCompletion"))
            popup = completion->completer()->popup();
    }
    QVERIFY(popup);
    // Neither a time nor a list nor an old smile.
    QTest::keyClicks(edit(), QStringLiteral("at 10:30: you, me :) "));
    QVERIFY(!popup->isVisible());
    QTest::keyClicks(edit(), QStringLiteral(":heart"));
    QTRY_VERIFY(popup->isVisible());
    const QModelIndex first = popup->currentIndex();
    QTest::keyClick(keyboard(), Qt::Key_Down);
    QVERIFY(popup->currentIndex() != first);
    QTest::keyClick(keyboard(), Qt::Key_Up);
    QTest::keyClick(keyboard(), Qt::Key_Return);
    QVERIFY2(edit()->toPlainText().endsWith(QStringLiteral(":) \u2764\uFE0F")), qPrintable(edit()->toPlainText()));
    QTest::keyClicks(edit(), QStringLiteral(" :thumbsu"));
    QTest::keyClick(keyboard(), Qt::Key_Tab);
    QVERIFY2(edit()->toPlainText().endsWith(QString::fromUcs4(U"\U0001F44D")), qPrintable(edit()->toPlainText()));
    QTest::keyClicks(edit(), QStringLiteral(" :nosuchthing"));
    QVERIFY(!popup->isVisible());
}

void ComposerMediaTest::tooManyPicturesAreRefusedInWords()
{
    Capabilities can = m_world->channelRecord().capabilities;
    can.maxMedia = 1;
    m_world->setCapabilities(can);
    m_composer->setSubject(subject());
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::yellow);
    m_composer->open(Mode::reply);
    Q_EMIT edit()->imageGiven(image);
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    QVERIFY(question().isEmpty());
    // What it is and how large, not what programs call it.
    const QList<PlainLabel *> said =
        m_composer->findChild<QWidget *>(QStringLiteral("attachments"))->findChildren<PlainLabel *>();
    QCOMPARE(said.size(), 1);
    QVERIFY2(said.constFirst()->text().startsWith(QStringLiteral("1. Picture, ")),
             qPrintable(said.constFirst()->text()));
    Q_EMIT edit()->imageGiven(image);
    QVERIFY2(question().contains(QStringLiteral("at most 1")), qPrintable(question()));
}

void ComposerMediaTest::movedTextIsNotLeftBehind()
{
    m_composer->open(Mode::reply);
    m_composer->findChild<QLineEdit *>(QStringLiteral("composerWarning"))->setText(QStringLiteral("spoiler"));
    QTest::keyClicks(edit(), QStringLiteral("a secret"));
    const auto textOf = [this](Mode mode) {
        const QList<DraftRecord> drafts = m_world->drafts();
        for (const DraftRecord &draft : drafts) {
            if (draft.mode == mode)
                return draft.text;
        }
        return QStringLiteral("no draft");
    };
    QCOMPARE(textOf(Mode::reply), QStringLiteral("a secret"));
    QMenu *menu = m_composer->findChild<QToolButton *>(QStringLiteral("composerMove"))->menu();
    const QList<QAction *> modes = menu->actions();
    const auto toNote = std::find_if(modes.cbegin(), modes.cend(), [](const QAction *action) {
        return action->text() == ModeLook::word(Mode::note);
    });
    QVERIFY(toNote != modes.cend());
    (*toNote)->trigger();
    QCOMPARE(m_composer->mode(), Mode::note);
    QCOMPARE(textOf(Mode::note), QStringLiteral("a secret"));
    QCOMPARE(textOf(Mode::reply), QString());
}

void ComposerMediaTest::anotherModeAnswersTheSameMessage()
{
    ComposerSubject there = subject();
    there.channel.capabilities.canReplyPrivately = true;
    m_composer->setSubject(there);
    MessageRecord older = *there.newestInbound;
    older.id = MessageId(987'654);
    older.text = QStringLiteral("the older one");
    const auto *quote = m_composer->findChild<PlainLabel *>(QStringLiteral("composerQuote"));
    const auto isOfOlder = [&] { return quote->text().contains(QStringLiteral("the older one")); };
    m_composer->open(Mode::reply, older);
    QTest::keyClicks(edit(), QStringLiteral("mine"));
    QVERIFY(isOfOlder());
    const auto move = [this](Mode mode) {
        const QList<QAction *> modes =
            m_composer->findChild<QToolButton *>(QStringLiteral("composerMove"))->menu()->actions();
        for (QAction *action : modes) {
            if (action->text() == ModeLook::word(mode))
                action->trigger();
        }
    };
    move(Mode::privateReply);
    QCOMPARE(m_composer->mode(), Mode::privateReply);
    QVERIFY2(isOfOlder(), qPrintable(quote->text()));
    // A draft that is written there already answers what it answered.
    m_composer->open(Mode::reply, *there.newestInbound);
    QTest::keyClicks(edit(), QStringLiteral("another"));
    m_composer->open(Mode::privateReply);
    QVERIFY(isOfOlder());
    // Into a place that cannot have it, it does not go.
    edit()->clear();
    m_composer->open(Mode::reply);
    edit()->clear();
    m_composer->open(Mode::reply, older);
    there.channel.capabilities.canReplyPrivately = false;
    older.visibility = Visibility::everyone;
    MessageRecord privately = *there.newestInbound;
    privately.visibility = Visibility::direct;
    there.newestInbound = privately;
    m_composer->setSubject(there);
    m_composer->open(Mode::privateReply, privately);
    m_composer->open(Mode::reply, older);
    m_composer->open(Mode::privateReply);
    QVERIFY2(!isOfOlder(), qPrintable(quote->text()));
}

void ComposerMediaTest::lateAttachmentIsKept()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::green);
    QSignalSpy said(m_composer.get(), &Composer::message);
    const ComposerSubject first = subject();
    m_composer->open(Mode::reply);
    Q_EMIT edit()->imageGiven(image);
    Q_EMIT edit()->filesGiven({QStringLiteral("/nowhere.png")});
    // Its writer goes on before it is there.
    ComposerSubject other = first;
    other.conversation.id = ConversationId(999);
    m_composer->setSubject(other);
    m_composer->open(Mode::note);
    QTRY_COMPARE(m_world->drafts().size(), 1);
    QCOMPARE(m_world->drafts().constFirst().conversation, first.conversation.id);
    QCOMPARE(m_world->drafts().constFirst().media.size(), 1);
    // What failed there is not said as if it were of here.
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said.constFirst().constFirst().toString().contains(first.conversation.contactName));
    QVERIFY2(question().isEmpty(), qPrintable(question()));
}

void ComposerMediaTest::largePicturesAreAnnounced()
{
    m_composer->open(Mode::reply);
    Q_EMIT edit()->imageGiven(noisyPicture());
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    QVERIFY2(question().contains(QStringLiteral("sent smaller")), qPrintable(question()));
    QVERIFY2(question().contains(QStringLiteral("97.7")), qPrintable(question()));
}

void ComposerMediaTest::filesAreKeptByTheirHash()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::blue);
    m_composer->open(Mode::reply);
    Q_EMIT edit()->imageGiven(image);
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    const QString folder = m_world->desk().workspace().mediaFolder();
    const auto again = MediaKeeper::keepImage(folder, image).result();
    QVERIFY(again.has_value());
    QCOMPARE(again->hash.size(), 64);
    QVERIFY(QFile::exists(folder + QLatin1Char('/') + again->hash));
    QVERIFY(question().isEmpty());
    QCOMPARE(MediaKeeper::keepFile(folder, QStringLiteral("/nowhere"), 0).result().error().kind, ErrorKind::notFound);
    QFile text(folder + QStringLiteral("/text"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("just words");
    text.close();
    QCOMPARE(MediaKeeper::keepFile(folder, text.fileName(), 0).result().error().kind, ErrorKind::unsupported);
    QTest::keyClicks(edit(), QStringLiteral("see"));
    QSignalSpy performed(m_composer.get(), &Composer::performed);
    sendButton()->click();
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().media.size(), 1);
    QCOMPARE(lastMessage().media.at(0).hash, again->hash);
}

void ComposerMediaTest::pastedPictureGoesAlong()
{
    const auto description = [this] {
        return m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0"));
    };
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QApplication::clipboard()->setImage(image);
    // A note takes none.
    m_composer->open(Mode::note);
    QTest::keySequence(edit(), QKeySequence::Paste);
    m_composer->open(Mode::reply);
    QVERIFY(!description());
    QTest::keySequence(edit(), QKeySequence::Paste);
    QTRY_VERIFY(description());
    QVERIFY(edit()->toPlainText().isEmpty());
}

void ComposerMediaTest::whatIsStillReadGoesAlong()
{
    QImage image(1500, 1500, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QApplication::clipboard()->setImage(image);
    for (const bool goesOn : {true, false}) {
        m_composer->open(Mode::reply);
        QTest::keyClicks(edit(), QStringLiteral("Like this"));
        const QSignalSpy performed(m_composer.get(), &Composer::performed);
        QTest::keySequence(edit(), QKeySequence::Paste);
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(question().contains(QStringLiteral("still being read")));
        QCOMPARE(performed.size(), 0);
        // Who goes on writing is not through.
        if (goesOn)
            QTest::keyClicks(edit(), QStringLiteral(", please"));
        if (goesOn) {
            QTRY_VERIFY2(question().contains(QStringLiteral("Not sent yet")), qPrintable(question()));
            QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
            QVERIFY(!m_composer->isBusy());
            QCOMPARE(edit()->toPlainText(), QStringLiteral("Like this, please"));
            QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
        }
        QTRY_COMPARE(performed.size(), 1);
        QCOMPARE(lastMessage().media.size(), 1);
        m_composer->setSubject(subject());
    }
}

void ComposerMediaTest::leavingWhatWaitsIsSaid_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"Esc", "another conversation", "another mode", "again"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

/// It was said to go out: nobody may believe that it did.
void ComposerMediaTest::leavingWhatWaitsIsSaid()
{
    QFETCH(const QString, way);
    const ComposerSubject here = subject();
    QSignalSpy said(m_composer.get(), &Composer::message);
    const QSignalSpy performed(m_composer.get(), &Composer::performed);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    sendWithPicture();
    ComposerSubject other = here;
    other.conversation.id = ConversationId(999);
    if (way == QStringLiteral("Esc"))
        QTest::keyClick(edit(), Qt::Key_Escape);
    else if (way == QStringLiteral("another conversation"))
        m_composer->setSubject(other);
    else
        m_composer->open(way == QStringLiteral("again") ? Mode::reply : Mode::note);
    QVERIFY(!m_composer->isWaiting());
    QCOMPARE(said.size(), 1);
    const QString sentence = said.constFirst().constFirst().toString();
    QVERIFY2(sentence.contains(QStringLiteral("is not sent")), qPrintable(sentence));
    QVERIFY2(sentence.contains(here.conversation.contactName), qPrintable(sentence));
    QTRY_VERIFY(!m_world->drafts().isEmpty() && m_world->drafts().constFirst().media.size() == 1);
    QCOMPARE(m_world->drafts().constFirst().text, QStringLiteral("Like this"));
    QCOMPARE(performed.size(), 0);
}

void ComposerMediaTest::whatIsBeingDescribedDoesNotGo()
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::green);
    const auto description = [this] {
        return m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0"));
    };
    const QSignalSpy performed(m_composer.get(), &Composer::performed);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    Q_EMIT edit()->imageGiven(image);
    QTRY_VERIFY(description());
    sendWithPicture();
    const QLineEdit *written = description();
    QTest::keyClicks(description(), QStringLiteral("A lam"));
    QTRY_VERIFY2(question().contains(QStringLiteral("Not sent yet")), qPrintable(question()));
    QCOMPARE(performed.size(), 0);
    QVERIFY(description() == written);
    QTest::keyClicks(description(), QStringLiteral("p"));
    choose(QStringLiteral("Send"));
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().media.size(), 2);
    QCOMPARE(lastMessage().media.constFirst().description, QStringLiteral("A lamp"));
}

/// Whatever else is said meanwhile.
void ComposerMediaTest::whatWaitsCanBeStopped()
{
    Capabilities can = m_world->channelRecord().capabilities;
    can.maxMedia = 1;
    m_world->setCapabilities(can);
    m_composer->setSubject(subject());
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::green);
    const QSignalSpy performed(m_composer.get(), &Composer::performed);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    sendWithPicture();
    Q_EMIT edit()->imageGiven(image);
    QVERIFY2(question().contains(QStringLiteral("at most 1")), qPrintable(question()));
    QVERIFY2(question().contains(QStringLiteral("still being read")), qPrintable(question()));
    m_composer->acknowledge(m_composer->basedOn());
    QVERIFY2(question().contains(QStringLiteral("still being read")), qPrintable(question()));
    choose(QStringLiteral("Do not send"));
    QVERIFY(!m_composer->isBusy());
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    QCOMPARE(performed.size(), 0);
}

void ComposerMediaTest::agreementEndsWithWhatComes()
{
    const QSignalSpy performed(m_composer.get(), &Composer::performed);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    m_world->write(QStringLiteral("It works again"));
    m_composer->setSubject(subject());
    sendButton()->click();
    QTRY_VERIFY(!question().isEmpty());
    const QString first = question();
    m_world->write(QStringLiteral("No, it does not"));
    const ComposerSubject later = subject();
    QImage image(1500, 1500, QImage::Format_RGB32);
    image.fill(Qt::blue);
    Q_EMIT edit()->imageGiven(image);
    choose(QStringLiteral("Send anyway"));
    QVERIFY(m_composer->isWaiting());
    m_composer->setSubject(later);
    QTRY_VERIFY(!m_composer->isBusy());
    QCOMPARE(question(), first);
    QCOMPARE(performed.size(), 0);
    choose(QStringLiteral("Send anyway"));
    QTRY_COMPARE(performed.size(), 1);
    QCOMPARE(lastMessage().media.size(), 1);
}

/// "Show" on "Mira wrote again": it was said to go out, and nobody changed it.
void ComposerMediaTest::whatWasLookedAtMeanwhileStopsNothing()
{
    const QSignalSpy performed(m_composer.get(), &Composer::performed);
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    m_world->write(QStringLiteral("It works again"));
    const ComposerSubject later = subject();
    sendWithPicture();
    m_composer->setSubject(later);
    QVERIFY(m_composer->basedOn() < later.conversation.seq);
    m_composer->acknowledge(later.conversation.seq);
    QVERIFY2(question().contains(QStringLiteral("still being read")), qPrintable(question()));
    QTRY_VERIFY2(performed.size() == 1, qPrintable(question()));
    QCOMPARE(lastMessage().text, QStringLiteral("Like this"));
    QCOMPARE(lastMessage().media.size(), 1);
}

/// What was to go out and did not is said until its writer has done something about it.
void ComposerMediaTest::whatComesLaterHidesNoQuestion()
{
    const auto isSaid = [this](const char *words) { return question().contains(QString::fromLatin1(words)); };
    m_composer->open(Mode::reply);
    QTest::keyClicks(edit(), QStringLiteral("Like this"));
    Q_EMIT edit()->filesGiven({QStringLiteral("/nowhere.png")});
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY2(isSaid("Not sent. "), qPrintable(question()));
    Q_EMIT edit()->imageGiven(noisyPicture());
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    QVERIFY2(isSaid("Not sent. ") && isSaid("sent smaller"), qPrintable(question()));
    Q_EMIT edit()->filesGiven({QStringLiteral("/nowhere.png"), QStringLiteral("/nowhere2.png"),
                               QStringLiteral("/nowhere3.png"), QStringLiteral("/nowhere4.png")});
    QVERIFY2(isSaid("Not sent. ") && isSaid("at most"), qPrintable(question()));
    Q_EMIT edit()->filesGiven({QStringLiteral("/nowhere.png")});
    QTRY_VERIFY2(!isSaid("at most"), qPrintable(question()));
    QVERIFY2(isSaid("Not sent. "), qPrintable(question()));
}

void ComposerMediaTest::pastedTextIsPlain()
{
    m_composer->open(Mode::reply);
    auto *copied = new QMimeData;
    copied->setText(QStringLiteral("bold words"));
    copied->setHtml(QStringLiteral("<b>bold</b> <a href='https://elsewhere.example'>words</a>"));
    QApplication::clipboard()->setMimeData(copied);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("bold words"));
}

void ComposerMediaTest::droppedPictureGoesAlong()
{
    const QTemporaryDir folder;
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(Qt::green);
    const QString path = folder.filePath(QStringLiteral("lamp.png"));
    QVERIFY(image.save(path));
    m_composer->open(Mode::reply);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint at = edit()->viewport()->rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(edit()->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(edit()->viewport(), &drop);
    QTRY_VERIFY(m_composer->findChild<QLineEdit *>(QStringLiteral("attachmentDescription0")));
    QCOMPARE(edit()->toPlainText(), QString());
}

/// Nobody means the path.
void ComposerMediaTest::fileIsNoTextOfANote()
{
    m_composer->open(Mode::note);
    auto *copied = new QMimeData;
    copied->setUrls({QUrl::fromLocalFile(QStringLiteral("/home/kim/lamp.png"))});
    QApplication::clipboard()->setMimeData(copied);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QTRY_VERIFY2(question().contains(QStringLiteral("A note takes no files.")), qPrintable(question()));
    QCOMPARE(edit()->toPlainText(), QString());
    auto *text = new QMimeData;
    text->setText(QStringLiteral("see lamp.png"));
    QApplication::clipboard()->setMimeData(text);
    QTest::keySequence(edit(), QKeySequence::Paste);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("see lamp.png"));
}

QTEST_MAIN(ComposerMediaTest)
#include "tst_composermedia.moc"
