// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/talkworld.h"
#include "ui/inbox/conversationactions.h"
#include "ui/settings/channelsdialog.h"
#include "ui/settings/macrodialog.h"
#include "ui/settings/outboxdialog.h"
#include "ui/settings/savedreplydialog.h"
#include "ui/settings/teamsdialog.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "workspace/database.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Earshot;

/// Dialogs that are open before it is known what there is.
class FirstAnswerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { Database::setFault({}); }
    void nothingIsSaidToBeThereBeforeItIsKnown();
    void whatThereIsIsShownWhenItComes();
};

void FirstAnswerTest::nothingIsSaidToBeThereBeforeItIsKnown()
{
    TalkWorld world;
    ScriptedService service;
    QVERIFY(world.act(Act::RemoveChannel{world.channel()}).isApplied());
    Database::setFault([]() -> std::optional<Error> { return Error{ErrorKind::io, {}, {}}; });
    Roster roster(world.desk());
    ConversationActions actions(world.desk(), roster, nullptr);
    QDialog *channels = new ChannelsDialog(world.desk(), service, roster, actions);
    QDialog *outbox = new OutboxDialog(world.desk(), roster);
    QDialog *teams = new TeamsDialog(world.desk(), roster, nullptr);
    QDialog *replies = new SavedReplyDialog(world.desk(), roster, nullptr);
    QDialog *macros = new MacroDialog(world.desk(), roster, nullptr);
    const QList<QDialog *> all{channels, outbox, teams, replies, macros};
    const auto said = [](const QDialog *dialog) {
        if (const auto *page = dialog->findChild<StatePage *>())
            return page->isVisible() ? page->accessibleName() : QString();
        const auto *hint = dialog->findChild<PlainLabel *>(dialog->objectName() + QStringLiteral("Hint"));
        return hint->isVisible() ? hint->text() : QString();
    };
    for (QDialog *dialog : all) {
        dialog->show();
        const QString first = said(dialog);
        QVERIFY2(first.isEmpty() || first == QStringLiteral("Loading…"), qPrintable(first));
    }
    for (const QDialog *dialog : all)
        QTRY_VERIFY2(said(dialog).contains(QStringLiteral("Reading or writing failed.")), qPrintable(said(dialog)));
    Database::setFault({});
    roster.refresh();
    QTRY_VERIFY2(said(channels).startsWith(QStringLiteral("No channel is connected yet")), qPrintable(said(channels)));
    QTRY_VERIFY2(said(outbox).startsWith(QStringLiteral("Nothing is waiting")), qPrintable(said(outbox)));
    QTRY_VERIFY2(said(teams).startsWith(QStringLiteral("There are no teams yet")), qPrintable(said(teams)));
    QVERIFY2(said(replies).startsWith(QStringLiteral("There are no saved replies")), qPrintable(said(replies)));
    QVERIFY2(said(macros).startsWith(QStringLiteral("There are no macros")), qPrintable(said(macros)));
    // The first can be made at once.
    QTest::keyClicks(teams->findChild<QLineEdit *>(QStringLiteral("teamName")), QStringLiteral("Care"));
    QTest::mouseClick(teams->findChild<QPushButton *>(QStringLiteral("teamsSave")), Qt::LeftButton);
    QTRY_COMPARE(roster.teams().size(), 1);
    for (QDialog *dialog : all)
        dialog->close();
}

void FirstAnswerTest::whatThereIsIsShownWhenItComes()
{
    TalkWorld world;
    for (const char *name : {"Thanks", "Late"})
        QVERIFY(world.act(Act::KeepSavedReply{{}, QString::fromLatin1(name), QStringLiteral("Text")}).isApplied());
    Roster roster(world.desk());
    auto *replies = new SavedReplyDialog(world.desk(), roster, nullptr);
    replies->show();
    const auto name = [replies] { return replies->findChild<QLineEdit *>(QStringLiteral("savedReplyName"))->text(); };
    QVERIFY(name().isEmpty());
    // As if it had been there from the beginning: the first is chosen.
    QTRY_COMPARE(name(), QStringLiteral("Late"));
    QVERIFY(!replies->findChild<PlainLabel *>(QStringLiteral("savedRepliesHint"))->isVisible());
    replies->close();
}

QTEST_MAIN(FirstAnswerTest)
#include "tst_firstanswer.moc"
