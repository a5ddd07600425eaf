// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/talkworld.h"
#include "ui/inbox/conversationactions.h"
#include "ui/settings/channelsdialog.h"
#include "ui/shell/dialogkeys.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/translations.h"
#include "ui/window/joindialog.h"
#include "ui/window/welcomedialog.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// The channels, on networks that answer what the test says; the first start, and joining.
class DialogsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installTranslations(*qApp); }
    void init();
    void cleanup();
    void channelSaysHowItIs();
    void answersStandUnderTheirChannel();
    void keyPressesTheButtonThatHasIt();
    void channelIsEdited();
    void ofTwoChangesOneIsToldAndUndone();
    void channelIsRemovedAfterAQuestion();
    void welcomeAsksForAName();
    void joiningAsksWhereAndWho();

private:
    template <class T>
    [[nodiscard]] T *in(QWidget *dialog, const char *name) const
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<ScriptedService> m_service;
};

void DialogsTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_service = std::make_unique<ScriptedService>();
}

void DialogsTest::cleanup()
{
    m_service.reset();
    m_world.reset();
}

void DialogsTest::channelSaysHowItIs()
{
    Roster roster(m_world->desk());
    QTRY_VERIFY(roster.isLoaded());
    ConversationActions actions(m_world->desk(), roster, nullptr);
    auto *dialog = new ChannelsDialog(m_world->desk(), *m_service, roster, actions);
    dialog->show();
    QCOMPARE(in<QListWidget>(dialog, "channelList")->count(), 1);
    QVERIFY(in<QLabel>(dialog, "channelFacts")->text().contains(QStringLiteral("Speaks as")));
    QTest::mouseClick(in<QPushButton>(dialog, "channelTest"), Qt::LeftButton);
    m_service->testing.answer(Capabilities());
    QTRY_COMPARE(in<QLabel>(dialog, "channelReport")->text(), QStringLiteral("It works."));
    QTest::mouseClick(in<QPushButton>(dialog, "channelPull"), Qt::LeftButton);
    ChannelReport report;
    report.messages = 3;
    m_service->pulling.answer({report});
    QTRY_COMPARE(in<QLabel>(dialog, "channelReport")->text(), QStringLiteral("3 new messages."));
    const Time now = m_world->clock().now();
    const RequestLimit limit{290, now + std::chrono::minutes(5)};
    QVERIFY(m_world->intake().storeNextPull(m_world->channel(), now, false, limit).result().has_value());
    const auto health = m_world->intake().storeHealth(m_world->channel(), Health::signIn, QStringLiteral("401"), {});
    QVERIFY(health.result().has_value());
    QTRY_VERIFY(in<QLabel>(dialog, "channelFacts")->text().contains(QStringLiteral("401")));
    const QString facts = in<QLabel>(dialog, "channelFacts")->text();
    for (const QString &said : {QStringLiteral("290 requests left until "), QStringLiteral("Work since "),
                                QStringLiteral("Next pull: "), ErrorText::remedy(Health::signIn)})
        QVERIFY2(facts.contains(said), qPrintable(facts));
    dialog->close();
}

void DialogsTest::answersStandUnderTheirChannel()
{
    const auto outcome = m_world->act(Act::AddChannel{Network::feed,
                                                      QStringLiteral("https://b.example/feed"),
                                                      QStringLiteral("B"),
                                                      {},
                                                      {},
                                                      Purpose::support,
                                                      {},
                                                      {}});
    QVERIFY(outcome.isApplied());
    Roster roster(m_world->desk());
    QTRY_COMPARE(roster.channels().size(), 2);
    ConversationActions actions(m_world->desk(), roster, nullptr);
    auto *dialog = new ChannelsDialog(m_world->desk(), *m_service, roster, actions);
    dialog->show();
    const auto report = [&] { return in<QLabel>(dialog, "channelReport")->text(); };
    dialog->select(m_world->channel());
    QTest::mouseClick(in<QPushButton>(dialog, "channelTest"), Qt::LeftButton);
    dialog->select(ChannelId(outcome.created));
    QTest::mouseClick(in<QPushButton>(dialog, "channelPull"), Qt::LeftButton);
    const QString asking = report();
    m_service->testing.answer(Capabilities());
    // Its answer is there as soon as one looks, and stands under nothing else.
    dialog->select(m_world->channel());
    QTRY_COMPARE(report(), QStringLiteral("It works."));
    dialog->select(ChannelId(outcome.created));
    QCOMPARE(report(), asking);
    m_service->pulling.answer({});
    QTRY_COMPARE(report(), QStringLiteral("Nothing was pulled."));
    dialog->close();
}

void DialogsTest::keyPressesTheButtonThatHasIt()
{
    const DialogKeys keys(qApp);
    Roster roster(m_world->desk());
    QTRY_VERIFY(roster.isLoaded());
    ConversationActions actions(m_world->desk(), roster, nullptr);
    auto *dialog = new ChannelsDialog(m_world->desk(), *m_service, roster, actions);
    dialog->show();
    QTRY_VERIFY(dialog->isActiveWindow());
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
        auto *pull = in<QPushButton>(dialog, "channelPull");
        pull->setFocus();
        QTRY_VERIFY(pull->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), key);
        QVERIFY(dialog->isVisible());
        QVERIFY(m_service->pulling.isOpen());
        QCOMPARE(in<QLabel>(dialog, "channelReport")->text(), QStringLiteral("Pulling…"));
        m_service->pulling.answer({});
        QTRY_COMPARE(in<QLabel>(dialog, "channelReport")->text(), QStringLiteral("Nothing was pulled."));
    }
    dialog->close();
}

void DialogsTest::channelIsEdited()
{
    const auto act = [this](const ActionArguments &arguments) {
        return m_world->desk().perform({makeAction(arguments, m_world->desk().workspace().clock().now())}).result();
    };
    QVERIFY(act(Act::AddTeam{QStringLiteral("Night")}).constFirst().isApplied());
    Roster roster(m_world->desk());
    QTRY_VERIFY(roster.isLoaded());
    ConversationActions actions(m_world->desk(), roster, nullptr);
    auto *dialog = new ChannelsDialog(m_world->desk(), *m_service, roster, actions);
    dialog->show();
    QTest::mouseClick(in<QPushButton>(dialog, "channelEdit"), Qt::LeftButton);
    // Nothing is another yet.
    QVERIFY(!in<QPushButton>(dialog, "channelSave")->isEnabled());
    in<QLineEdit>(dialog, "channelName")->setText(QStringLiteral("Care by night"));
    in<QComboBox>(dialog, "channelPurpose")->setCurrentText(QStringLiteral("community"));
    in<QComboBox>(dialog, "channelInterval")->setCurrentText(QStringLiteral("every 15 minutes"));
    in<QComboBox>(dialog, "channelTeam")->setCurrentIndex(1);
    QTest::mouseClick(in<QPushButton>(dialog, "channelSave"), Qt::LeftButton);
    QTRY_COMPARE(in<QLabel>(dialog, "channelReport")->text(), QStringLiteral("Saved."));
    const auto now = [&] { return *roster.channel(m_world->channel()); };
    QTRY_COMPARE(now().name, QStringLiteral("Care by night"));
    QCOMPARE(now().purpose, Purpose::community);
    QCOMPARE(now().pullEverySeconds, 900);
    QCOMPARE(now().team, roster.teams().constFirst().id);
    QTRY_VERIFY(in<QLabel>(dialog, "channelFacts")->text().contains(QStringLiteral("pulled every 15 minutes")));
    dialog->close();
}

/// Their dialog is closed, and only the one was done.
void DialogsTest::ofTwoChangesOneIsToldAndUndone()
{
    Roster roster(m_world->desk());
    ConversationActions actions(m_world->desk(), roster, nullptr);
    QString told;
    qint64 undone = 0;
    connect(&actions, &ConversationActions::refused, this,
            [&](const QString &sentence, const std::function<void()> &, qint64 deed) {
                told = sentence;
                undone = deed;
            });
    Outcome renamed;
    renamed.kind = Outcome::Kind::applied;
    renamed.hadEffect = true;
    renamed.inverse = Act::EditChannel{m_world->channel(), QStringLiteral("Care"), {}, {}};
    Outcome refused;
    refused.kind = Outcome::Kind::refused;
    refused.refusal.kind = RefusalKind::permission;
    actions.tellOutcomes(QStringLiteral("Changed it"), {renamed, refused});
    QVERIFY2(told.startsWith(QStringLiteral("Changed it. One of them could not be done:")), qPrintable(told));
    QVERIFY(undone > 0);
    actions.tellOutcomes(QStringLiteral("Changed it"), {refused});
    QVERIFY2(!told.contains(QStringLiteral("Changed it")), qPrintable(told));
    QCOMPARE(undone, 0);
}

void DialogsTest::channelIsRemovedAfterAQuestion()
{
    Roster roster(m_world->desk());
    QTRY_VERIFY(roster.isLoaded());
    ConversationActions actions(m_world->desk(), roster, nullptr);
    auto *dialog = new ChannelsDialog(m_world->desk(), *m_service, roster, actions);
    dialog->show();
    QTest::mouseClick(in<QPushButton>(dialog, "channelRemove"), Qt::LeftButton);
    auto *question = dialog->findChild<QMessageBox *>();
    QVERIFY(question && question->isVisible());
    QVERIFY(question->informativeText().contains(QStringLiteral("history stays")));
    QVERIFY(!m_service->removed.isValid());
    const QAbstractButton *cancel = question->button(QMessageBox::Cancel);
    QVERIFY(cancel && cancel == question->defaultButton());
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(m_service->removed, m_world->channel());
    m_service->removing.answer(Done());
    dialog->close();
}

void DialogsTest::welcomeAsksForAName()
{
    WelcomeDialog dialog(QStringLiteral("/somewhere/desk.earshot"));
    dialog.show();
    auto *name = in<QLineEdit>(&dialog, "welcomeName");
    auto *create = in<QPushButton>(&dialog, "welcomeCreate");
    QSignalSpy asked(&dialog, &WelcomeDialog::createAsked);
    QSignalSpy sample(&dialog, &WelcomeDialog::sampleAsked);
    name->setText(QStringLiteral("  "));
    QVERIFY(!create->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(asked.size(), 0);
    name->setText(QStringLiteral(" Ana "));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("Ana"));
    dialog.showTrouble(QStringLiteral("The disk is full."));
    QVERIFY(in<PlainLabel>(&dialog, "welcomeTrouble")->isVisible());
    QTest::mouseClick(in<QPushButton>(&dialog, "welcomeSample"), Qt::LeftButton);
    QCOMPARE(sample.size(), 1);
    QSignalSpy join(&dialog, &WelcomeDialog::joinAsked);
    QTest::mouseClick(in<QPushButton>(&dialog, "welcomeJoin"), Qt::LeftButton);
    QCOMPARE(join.size(), 1);
}

void DialogsTest::joiningAsksWhereAndWho()
{
    JoinDialog dialog({}, false);
    dialog.show();
    auto *address = in<QLineEdit>(&dialog, "joinAddress");
    auto *name = in<QLineEdit>(&dialog, "joinName");
    auto *password = in<QLineEdit>(&dialog, "joinPassword");
    auto *join = in<QPushButton>(&dialog, "joinButton");
    QSignalSpy asked(&dialog, &JoinDialog::joinAsked);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    address->setText(QStringLiteral(" desk.example "));
    name->setText(QStringLiteral("Kim "));
    QVERIFY(!join->isEnabled());
    password->setText(QStringLiteral("secret word"));
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().at(0).toString(), QStringLiteral("desk.example"));
    QCOMPARE(asked.constFirst().at(1).toString(), QStringLiteral("Kim"));
    QCOMPARE(asked.constFirst().at(2).value<Secret>().reveal(), QByteArray("secret word"));
    // Once is enough.
    QVERIFY(!join->isEnabled() && !address->isEnabled());
    // Who has to unlock the keychain is told that this is waited for.
    dialog.showKeeping(true);
    QTRY_VERIFY(in<PlainLabel>(&dialog, "joinState")->text().contains(QStringLiteral("keychain")));
    QVERIFY(!join->isEnabled() && in<QPushButton>(&dialog, "joinBack")->isEnabled());
    dialog.showTrouble(QStringLiteral("No."));
    QVERIFY(join->isEnabled() && address->isEnabled());
    QVERIFY(in<PlainLabel>(&dialog, "joinState")->isTrouble());
    dialog.showProgress(0.5, {});
    QVERIFY(in<QProgressBar>(&dialog, "joinProgress")->isVisible());
    QVERIFY(password->text().isEmpty() && !join->isEnabled());
    JoinDialog again(QStringLiteral("https://desk.example"), true);
    address = in<QLineEdit>(&again, "joinAddress");
    QVERIFY(!address->isEnabled() && address->text() == QStringLiteral("https://desk.example"));
}

QTEST_MAIN(DialogsTest)
#include "tst_dialogs.moc"
