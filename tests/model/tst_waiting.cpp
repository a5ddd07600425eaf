// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/waiting.h"
#include "situation.h"

#include <QTest>

using namespace Earshot;

/// What may wait for a server, kind by kind.
class WaitingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindIsOneOrTheOther();
};

void WaitingTest::everyKindIsOneOrTheOther()
{
    const QSet<QString> waiting{
        QStringLiteral("claim"),         QStringLiteral("assign"),         QStringLiteral("unassign"),
        QStringLiteral("setStatus"),     QStringLiteral("snooze"),         QStringLiteral("wake"),
        QStringLiteral("addTag"),        QStringLiteral("removeTag"),      QStringLiteral("setPriority"),
        QStringLiteral("addNote"),       QStringLiteral("editNote"),       QStringLiteral("sendReply"),
        QStringLiteral("cancelReply"),   QStringLiteral("retryReply"),     QStringLiteral("settleReply"),
        QStringLiteral("performEffect"), QStringLiteral("mergeContacts"),  QStringLiteral("splitContact"),
        QStringLiteral("setDuty"),       QStringLiteral("keepSavedReply"), QStringLiteral("removeSavedReply"),
        QStringLiteral("keepMacro"),     QStringLiteral("removeMacro"),    QStringLiteral("saveView"),
        QStringLiteral("removeView"),    QStringLiteral("moveView"),       QStringLiteral("pinNotice"),
        QStringLiteral("unpinNotice"),
    };
    const QSet<QString> answered{
        QStringLiteral("pauseSending"),   QStringLiteral("resumeSending"), QStringLiteral("addAgent"),
        QStringLiteral("editAgent"),      QStringLiteral("addChannel"),    QStringLiteral("editChannel"),
        QStringLiteral("removeChannel"),  QStringLiteral("addTeam"),       QStringLiteral("setTeamMember"),
        QStringLiteral("setChannelTeam"), QStringLiteral("renameTeam"),    QStringLiteral("removeTeam"),
        QStringLiteral("changeSetting"),
    };
    QCOMPARE(waiting.size() + answered.size(), qsizetype(ActionArguments::kindCount));
    QSet<QString> met;
    for (const Situation &one : everyKind()) {
        const QString kind = kindOf(one.action.arguments);
        met.insert(kind);
        QVERIFY2(waiting.contains(kind) != answered.contains(kind), qPrintable(kind));
        QVERIFY2(mayWait(one.action.arguments) == waiting.contains(kind), qPrintable(kind));
    }
    QCOMPARE(met.size(), qsizetype(ActionArguments::kindCount));
}

QTEST_APPLESS_MAIN(WaitingTest)
#include "tst_waiting.moc"
