// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QDialog>
#include <QListWidget>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What does not come up every day, by pointer alone: the keyboard writes words only.
class DayPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void noteIsWritten();
    void noticeIsPinnedAndTakenDown();
    void contactsAreMerged();

private:
    [[nodiscard]] QString question() const
    {
        const auto dialogs = m_world->window().findChildren<QDialog *>(u"pickDialog"_s);
        for (const QDialog *dialog : dialogs) {
            if (dialog->isVisible())
                return dialog->windowTitle();
        }
        return {};
    }
    [[nodiscard]] QListWidget *choices() const
    {
        const auto lists = m_world->window().findChildren<QListWidget *>(u"pickList"_s);
        for (QListWidget *list : lists) {
            if (list->isVisible())
                return list;
        }
        return nullptr;
    }
    [[nodiscard]] bool isNoticed(const QString &text) const
    {
        const auto labels = m_world->widget("listNotices")->findChildren<QWidget *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&text](const QWidget *one) { return one->accessibleName().contains(text); });
    }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByPointer> m_pointer;
    ConversationId m_mention;
};

void DayPointerTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_pointer = std::make_unique<ByPointer>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    m_mention = m_world->showMention();
    QTest::mouseClick(m_pointer->table().viewport(), Qt::LeftButton, {}, m_pointer->placeOf(m_mention));
    QTRY_COMPARE(m_world->find<ConversationPane>("conversationPane")->record().id, m_mention);
}

void DayPointerTest::noteIsWritten()
{
    m_pointer->chooseInMenu(m_mention, "conversation.note");
    QTRY_VERIFY(m_world->widget("composerText") && m_world->widget("composerText")->isVisible());
    QTest::mouseClick(m_world->find<QAbstractScrollArea>("composerText")->viewport(), Qt::LeftButton);
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    m_world->type(u"is a reseller"_s);
    m_pointer->click("composerSend");
    QTRY_COMPARE(m_world->messages(m_mention).constLast().text, u"is a reseller"_s);
    QCOMPARE(m_world->messages(m_mention).constLast().kind, MessageKind::note);
}

void DayPointerTest::noticeIsPinnedAndTakenDown()
{
    m_pointer->chooseInBar("&Earshot", "notice.pin");
    QTRY_VERIFY(m_world->widget("noticeText") && m_world->widget("noticeText")->hasFocus());
    m_world->type(u"Promise no times"_s);
    m_pointer->click("noticePin");
    QTRY_VERIFY(isNoticed(u"Promise no times"_s));
    m_pointer->click("noticeOff");
    QTRY_VERIFY(!isNoticed(u"Promise no times"_s));
}

void DayPointerTest::contactsAreMerged()
{
    const ContactId contact = m_world->record(m_mention).contact;
    ConversationRecord other;
    for (int row = 0; row < m_world->list().rowCount() && !other.id.isValid(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        const bool canBeTyped = one.contactName.toUtf8().size() == one.contactName.size();
        if (one.contact != contact && !one.contactName.isEmpty() && canBeTyped)
            other = one;
    }
    QVERIFY(other.id.isValid());
    m_pointer->chooseInBar("&View", "conversation.contact");
    m_pointer->click("contactMerge");
    QTRY_COMPARE(question(), u"Who is the same person?"_s);
    QTRY_VERIFY(m_world->focus() && m_world->focus()->objectName() == u"pickField"_s);
    m_world->type(other.contactName);
    QTRY_VERIFY(choices()->count() > 0 && choices()->item(0)->text().startsWith(other.contactName));
    m_pointer->clickRow(*choices(), other.contactName);
    QTRY_COMPARE(m_world->record(other.id).contact, contact);
    m_pointer->click("messageBarButton");
    QTRY_COMPARE(m_world->record(other.id).contact, other.contact);
}

QTEST_MAIN(DayPointerTest)
#include "tst_daypointer.moc"
