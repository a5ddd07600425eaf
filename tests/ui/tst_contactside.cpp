// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/heldanswer.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/contactside.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/commandregistry.h"

#include <QDialog>
#include <QListWidget>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// Beside the conversation: its contact, and nothing of anybody else.
class ContactSideTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void doubleClickOpensOne();
    void changesKeepTheRow();
    void nothingOfAnotherContact();
    void olderReadingBringsNothingBack();
    void otherIsFoundByName();
    void mergedOneIsSplitByName();
    void followersAreThoseOfTheIdentity();

private:
    [[nodiscard]] QListWidget *list() const { return m_world->find<QListWidget>("contactConversations"); }
    [[nodiscard]] ConversationId at(int row) const
    {
        return ConversationId(list()->item(row)->data(Qt::UserRole).toLongLong());
    }

    std::unique_ptr<WindowWorld> m_world;
    ConversationId m_shown;
};

void ContactSideTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    m_shown = m_world->showMention();
    QVERIFY(m_shown.isValid());
    // Three others are by the same person.
    const ContactId contact = m_world->record(m_shown).contact;
    int merged = 0;
    for (int row = 0; row < m_world->list().rowCount() && merged < 3; ++row) {
        const ContactId other = m_world->record(m_world->list().conversationAt(row)).contact;
        if (other != contact && m_world->act(Act::MergeContacts{other, contact}).isApplied())
            ++merged;
    }
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(list()->isVisible() && list()->count() >= 3);
}

void ContactSideTest::doubleClickOpensOne()
{
    auto *side = m_world->window().findChild<ContactSide *>();
    QSignalSpy wanted(side, &ContactSide::conversationWanted);
    const QPoint place = list()->visualItemRect(list()->item(1)).center();
    const ConversationId meant = at(1);
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place);
    QTRY_COMPARE(m_world->shown(), meant);
    QTest::mouseDClick(list()->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(m_world->shown(), meant);
}

void ContactSideTest::changesKeepTheRow()
{
    list()->setFocus();
    list()->setCurrentRow(2);
    const ConversationId kept = at(2);
    const ConversationId other = at(0);
    const QString before = list()->item(0)->text();
    const bool isOpen = m_world->record(other).status != Status::resolved;
    QVERIFY(
        m_world
            ->act(Act::SetStatus{
                other, isOpen ? Status::resolved : Status::open, isOpen ? Reason::noAnswerNeeded : Reason::none, {}})
            .isApplied());
    QTRY_VERIFY(list()->item(0)->text() != before);
    QVERIFY(list()->currentItem());
    QCOMPARE(at(list()->currentRow()), kept);
}

void ContactSideTest::olderReadingBringsNothingBack()
{
    const ConversationId other = at(0);
    const auto snooze = [this, other](int hours) {
        return m_world->act(Act::Snooze{other, m_world->clock().now() + std::chrono::hours(hours)}).isApplied();
    };
    HeldAnswer older(*m_world->window().findChild<ContactSide *>());
    QVERIFY(snooze(100));
    QTRY_VERIFY(older.isHeld());
    const QString before = list()->item(0)->text();
    QVERIFY(snooze(2000));
    QTRY_VERIFY(list()->item(0)->text() != before);
    const QString now = list()->item(0)->text();
    older.letGo();
    QCOMPARE(list()->item(0)->text(), now);
}

void ContactSideTest::otherIsFoundByName()
{
    const ConversationRecord mine = m_world->record(m_shown);
    ConversationRecord other;
    for (int row = 0; row < m_world->list().rowCount() && !other.id.isValid(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        // What can be typed.
        const QString typed = one.contactName + one.contactHandle;
        if (one.contact != mine.contact && one.contactName.contains(QLatin1Char(' ')) &&
            one.contactHandle.startsWith(QLatin1Char('@')) && typed.toUtf8().size() == typed.size())
            other = one;
    }
    QVERIFY(other.id.isValid());
    const auto look = [this](const QString &text) {
        QTest::mouseClick(m_world->widget("contactMerge"), Qt::LeftButton);
        QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
        // Who comes as one types has room.
        const QWidget *list = m_world->widget("pickList");
        QVERIFY2(list->height() >= 8 * list->fontMetrics().height(), qPrintable(QString::number(list->height())));
        m_world->type(text);
    };
    const auto offered = [this](int row) {
        const auto *list = m_world->find<QListWidget>("pickList");
        return list && list->count() > row ? list->item(row)->text() : QString();
    };
    // Nobody is the same person as they are.
    for (const QString &text : {QStringLiteral("Nobody Atall"), mine.contactName}) {
        look(text);
        QTRY_COMPARE(offered(0), QStringLiteral("Nothing matches."));
        m_world->press(QStringLiteral("Escape"));
        QTRY_VERIFY(m_world->window().findChildren<QDialog *>().isEmpty());
    }
    // By the beginning of the handle, too, and by the last word of the name.
    const QString lastWord = other.contactName.section(QLatin1Char(' '), -1);
    QVERIFY(lastWord != other.contactName);
    for (const QString &text : {other.contactName.toUpper(), other.contactHandle.mid(1, 5), lastWord}) {
        look(text);
        int row = 0;
        const auto isOffered = [&] {
            for (row = 0; !offered(row).isEmpty(); ++row) {
                if (offered(row).contains(other.contactHandle))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY2(isOffered(), qPrintable(text));
        m_world->find<QListWidget>("pickList")->setCurrentRow(row);
        m_world->press(QStringLiteral("Return"));
        QTRY_COMPARE(m_world->record(other.id).contact, mine.contact);
        QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Merged")));
        QVERIFY(m_world->window().commands().trigger(QStringLiteral("edit.undo")));
        QTRY_COMPARE(m_world->record(other.id).contact, other.contact);
        QTRY_VERIFY(m_world->window().findChildren<QDialog *>().isEmpty());
    }
}

void ContactSideTest::nothingOfAnotherContact()
{
    auto *side = m_world->window().findChild<ContactSide *>();
    auto *identities = m_world->find<QListWidget>("contactIdentities");
    QVERIFY(identities->count() >= 4);
    ConversationRecord other;
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        if (one.contact != m_world->record(m_shown).contact)
            other = one;
    }
    QVERIFY(other.id.isValid());
    side->show(other, true);
    // Not read yet: nothing there that could be acted on.
    QCOMPARE(identities->count(), 0);
    QCOMPARE(list()->count(), 0);
    QVERIFY(!m_world->widget("contactSplit")->isVisible());
    QTRY_VERIFY(identities->count() >= 1);
}

void ContactSideTest::mergedOneIsSplitByName()
{
    const QString id = QStringLiteral("contact.split");
    CommandRegistry &commands = m_world->window().commands();
    auto *identities = m_world->find<QListWidget>("contactIdentities");
    const int before = identities->count();
    for (int row = 0; row < before && !m_world->widget("contactSplit")->isEnabled(); ++row)
        identities->setCurrentRow(row);
    QVERIFY(m_world->widget("contactSplit")->isEnabled());
    QVERIFY(commands.matching(QStringLiteral("somebody else"), 5).contains(id));
    // Which one is meant is seen at the side only.
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(!m_world->widget("contactSide")->isVisible());
    QVERIFY(commands.whyNot(id).startsWith(QStringLiteral("Open the contact's side")));
    QVERIFY(!commands.trigger(id));
    m_world->press(QStringLiteral("D"));
    QTRY_VERIFY(commands.trigger(id));
    QTRY_COMPARE(identities->count(), before - 1);
}

void ContactSideTest::followersAreThoseOfTheIdentity()
{
    auto *identities = m_world->find<QListWidget>("contactIdentities");
    QStringList said;
    for (int row = 0; row < identities->count(); ++row) {
        identities->setCurrentRow(row);
        const QString spoken = identities->item(row)->data(Qt::AccessibleTextRole).toString();
        const bool isShown = m_world->widget("contactFollowers")->isVisible();
        QCOMPARE(isShown, spoken.contains(QStringLiteral("follower")));
        // Only some networks say.
        QVERIFY2(!spoken.startsWith(QStringLiteral("Mastodon")) || isShown, qPrintable(spoken));
        if (!isShown)
            continue;
        QVERIFY2(spoken.endsWith(m_world->textOf("contactFollowers")), qPrintable(spoken));
        said.append(m_world->textOf("contactFollowers"));
    }
    QVERIFY(!said.isEmpty());
    const int followers = m_world->record(m_shown).followers;
    QVERIFY(followers > 0);
    QVERIFY2(said.contains(QLocale().toString(followers) + QStringLiteral(" followers")),
             qPrintable(said.join(QStringLiteral(", "))));
}

QTEST_MAIN(ContactSideTest)
#include "tst_contactside.moc"
