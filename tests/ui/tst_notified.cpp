// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/talkworld.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/recipientmenu.h"
#include "ui/shell/plainlabel.h"

#include <QMenu>
#include <QTest>

using namespace Earshot;
using Mode = DraftRecord::Mode;

/// Who is told of a reply without being chosen.
class NotifiedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whoIsNamedInTheTextIsNotified();
    void whoIsNamedAsideIsAReader();
    void authorIsNotifiedWhereNobodyAsks();

private:
    [[nodiscard]] ComposerSubject subject()
    {
        ComposerSubject subject;
        subject.conversation = m_world->record();
        subject.channel = m_world->channelRecord();
        const QList<MessageRecord> messages = m_world->messages();
        for (const MessageRecord &message : messages) {
            if (message.kind == MessageKind::inbound)
                subject.newestInbound = message;
        }
        return subject;
    }
    [[nodiscard]] ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(); }
    [[nodiscard]] RecipientMenu *recipients() const { return m_composer->findChild<RecipientMenu *>(); }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<Composer> m_composer;
};

void NotifiedTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_composer = std::make_unique<Composer>(m_world->desk());
    m_composer->resize(600, 260);
    m_composer->setSubject(subject());
}

void NotifiedTest::cleanup()
{
    m_composer.reset();
    m_world.reset();
}

void NotifiedTest::whoIsNamedInTheTextIsNotified()
{
    RemoteMessage question = m_world->inbound(QStringLiteral("@jo has it too"));
    question.mentions = {QStringLiteral("@jo@far.example")};
    m_world->store({question});
    m_composer->setSubject(subject());
    m_composer->open(Mode::reply);
    edit()->setPlainText(QStringLiteral("ask @ada@far.example or @Max, not @acmecares"));
    const QString told = recipients()->accessibleName();
    QVERIFY2(told.contains(QStringLiteral("@ada@far.example")), qPrintable(told));
    QVERIFY2(told.contains(QStringLiteral("@Max@social.example")), qPrintable(told));
    QVERIFY2(!told.contains(QStringLiteral("acmecares")), qPrintable(told));
    // Only the text can take them off.
    QAction *ada = recipients()->menu()->actions().at(2);
    QVERIFY(ada->isChecked() && !ada->isEnabled());
    // Nor can anybody else be taken off who is named there.
    QAction *jo = recipients()->menu()->actions().at(1);
    jo->trigger();
    QVERIFY(!recipients()->accessibleName().contains(QStringLiteral("@jo")));
    edit()->setPlainText(QStringLiteral("ask @JO@far.example"));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@jo")));
    QVERIFY(!recipients()->accessibleName().contains(QStringLiteral("@ada")));
    edit()->setPlainText(QStringLiteral("ask somebody"));
    QVERIFY(!recipients()->accessibleName().contains(QStringLiteral("@jo")));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@mira")));
    QVERIFY(!recipients()->menu()->actions().at(1)->isChecked());
}

/// They can read it.
void NotifiedTest::whoIsNamedAsideIsAReader()
{
    m_composer->open(Mode::privateReply);
    const auto *context = m_composer->findChild<PlainLabel *>(QStringLiteral("composerContext"));
    const QString alone = context->text();
    QVERIFY(alone.contains(QStringLiteral("@mira")));
    edit()->setPlainText(QStringLiteral("as I told @ada@far.example"));
    QVERIFY2(context->text().contains(QStringLiteral("@ada@far.example")), qPrintable(context->text()));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@ada@far.example")));
    edit()->setPlainText(QStringLiteral("as I told her"));
    QCOMPARE(context->text(), alone);
}

void NotifiedTest::authorIsNotifiedWhereNobodyAsks()
{
    ComposerSubject now = subject();
    now.channel.network = Network::bluesky;
    m_composer->setSubject(now);
    m_composer->open(Mode::reply);
    QVERIFY(recipients()->isVisibleTo(m_composer.get()));
    QVERIFY(recipients()->accessibleName().contains(QStringLiteral("@mira")));
    QVERIFY(!recipients()->menu()->actions().constFirst()->isEnabled());
    edit()->setPlainText(QStringLiteral("see @jo.far.example."));
    QVERIFY2(recipients()->accessibleName().contains(QStringLiteral("@jo.far.example")),
             qPrintable(recipients()->accessibleName()));
    // In a chat a name tells nobody.
    m_composer->open(Mode::privateReply);
    edit()->setPlainText(QStringLiteral("see @jo.far.example."));
    QVERIFY(!recipients()->accessibleName().contains(QStringLiteral("@jo")));
    now.channel.network = Network::wordpress;
    m_composer->setSubject(now);
    m_composer->open(Mode::reply);
    QVERIFY(!recipients()->isVisibleTo(m_composer.get()));
}

QTEST_MAIN(NotifiedTest)
#include "tst_notified.moc"
