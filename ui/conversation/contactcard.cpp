// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/contactcard.h"

#include "ui/conversation/links.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostOffered = 30;

QString nameOf(const PersonProposal &person)
{
    return person.name.isEmpty() ? person.handle : person.name;
}

} // namespace

ContactCard::ContactCard(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_name(new PlainLabel(this))
    , m_identities(new QListWidget(this))
    , m_followers(new PlainLabel(this))
    , m_merge(new QPushButton(tr("Same person as…"), this))
    , m_split(new QPushButton(tr("Somebody else"), this))
    , m_profile(new QPushButton(tr("Profile"), this))
{
    build();
    connect(m_identities, &QListWidget::currentRowChanged, this, &ContactCard::updateButtons);
    connect(m_identities, &QListWidget::itemActivated, this, &ContactCard::openProfile);
    connect(m_profile, &QPushButton::clicked, this, &ContactCard::openProfile);
    connect(m_split, &QPushButton::clicked, this, &ContactCard::split);
    connect(m_merge, &QPushButton::clicked, this, &ContactCard::askForOther);
}

void ContactCard::build()
{
    m_name->setObjectName(QStringLiteral("contactName"));
    m_name->setBold(true);
    m_identities->setObjectName(QStringLiteral("contactIdentities"));
    m_identities->setAccessibleName(tr("Where they write"));
    m_identities->setFrameShape(QFrame::NoFrame);
    m_identities->setTextElideMode(Qt::ElideRight);
    m_identities->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_identities->setIconSize({16, 16});
    m_identities->setFixedHeight(fontMetrics().height() + 10);
    m_followers->setObjectName(QStringLiteral("contactFollowers"));
    m_followers->setQuiet(true);
    m_followers->hide();
    m_merge->setObjectName(QStringLiteral("contactMerge"));
    m_split->setObjectName(QStringLiteral("contactSplit"));
    m_split->setToolTip(tr("What was merged by mistake becomes a contact of its own again"));
    m_profile->setObjectName(QStringLiteral("contactProfile"));
    m_profile->setIcon(Icons::icon(QStringLiteral("external")));
    m_profile->setToolTip(tr("Open the profile on the network"));
    for (QPushButton *button : {m_merge, m_split, m_profile})
        button->setAccessibleName(button->text());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_name);
    column->addWidget(m_identities);
    column->addWidget(m_followers);
    auto *row = new QHBoxLayout;
    row->addWidget(m_profile);
    row->addWidget(m_split);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_merge, 0, Qt::AlignLeft);
}

void ContactCard::show(const Person &person, bool mayMerge)
{
    const bool isOther = person.contact != m_person.contact;
    m_person = person;
    if (isOther) {
        // Nothing of one contact stands below another's name, or is done to it.
        const QSignalBlocker quietly(m_identities);
        m_identities->clear();
        m_known.clear();
    }
    m_mayMerge = mayMerge && m_actions;
    m_merge->setEnabled(m_mayMerge);
    updateButtons();
    m_name->setText(person.name);
}

void ContactCard::take(const QList<IdentityRecord> &identities)
{
    const IdentityRecord *before = current();
    const IdentityId kept = before ? before->id : m_person.identity;
    {
        const QSignalBlocker quietly(m_identities);
        m_identities->clear();
        m_known = identities;
        for (const IdentityRecord &one : identities) {
            const QString handle = one.handle.isEmpty() ? one.name : one.handle;
            auto *item = new QListWidgetItem(Icons::icon(Icons::ofNetwork(one.network)), handle, m_identities);
            QStringList spoken{Wording::of(one.network) + QStringLiteral(": ") + handle};
            if (one.followers > 0)
                spoken.append(Wording::followers(one.followers));
            item->setData(Qt::AccessibleTextRole, spoken.join(QStringLiteral(", ")));
            item->setToolTip(PlainLabel::toolTipOf(one.url.isEmpty() ? handle : one.url));
            if (one.id == kept)
                m_identities->setCurrentItem(item);
        }
    }
    const int line = m_identities->sizeHintForRow(0) > 0 ? m_identities->sizeHintForRow(0) : fontMetrics().height() + 6;
    m_identities->setFixedHeight(line * int(std::clamp<qsizetype>(identities.size(), 1, shownAtOnce)) + 4);
    updateButtons();
}

const IdentityRecord *ContactCard::current() const
{
    const int row = m_identities->currentRow();
    return row >= 0 && row < m_known.size() ? &m_known.at(row) : nullptr;
}

void ContactCard::updateButtons()
{
    const IdentityRecord *one = current();
    m_profile->setEnabled(one && !one->url.isEmpty());
    m_followers->setText(one && one->followers > 0 ? Wording::followers(one->followers) : QString());
    m_followers->setVisible(!m_followers->text().isEmpty());
    m_split->setVisible(std::any_of(m_known.cbegin(), m_known.cend(),
                                    [](const IdentityRecord &known) { return known.mergedInto.isValid(); }));
    m_split->setEnabled(m_mayMerge && one && one->mergedInto.isValid());
}

void ContactCard::openProfile()
{
    if (const IdentityRecord *one = current(); one && !one->url.isEmpty())
        openOutside(QUrl(one->url));
}

bool ContactCard::canSplit() const
{
    return isVisible() && m_split->isEnabled();
}

void ContactCard::split()
{
    const IdentityRecord *one = current();
    if (!one || !one->mergedInto.isValid())
        return;
    const QString name = Wording::isolated(one->name.isEmpty() ? one->handle : one->name);
    m_actions->perform(
        tr("%1 is a contact of its own again").arg(name),
        {makeAction(Act::SplitContact{one->contact, one->mergedInto}, m_desk.workspace().clock().now())});
}

void ContactCard::askForOther()
{
    auto *dialog = new PickDialog(tr("Who is the same person?"), {}, window());
    dialog->setRoom(9);
    dialog->setPlaceholder(tr("A name, a handle, or a conversation's number, like #4411"));
    const Person mine = m_person;
    connect(dialog, &PickDialog::narrowed, this, [this, dialog, mine](const QString &text) {
        dialog->allowNew(Wording::numberIn(text) > 0 ? tr("The person of %1") : QString());
        offerPeople(*dialog, text, mine.contact);
    });
    connect(dialog, &PickDialog::typed, this, [this, mine](const QString &number) { mergeByNumber(number, mine); });
    connect(dialog, &PickDialog::picked, this, [this, mine](int index) {
        const PersonProposal other = m_offered.at(index);
        merge(other.contact, nameOf(other), mine);
    });
    dialog->open();
}

void ContactCard::offerPeople(PickDialog &dialog, const QString &typed, ContactId mine)
{
    using People = QList<PersonProposal>;
    const auto future = m_desk.workspace().read<People>(
        [typed](Database &database) { return proposePeople(database, typed, mostOffered); });
    const quint64 question = m_offers.ask();
    whenDone(future, &dialog, [this, &dialog, question, mine](const Result<People> &found) {
        if (!m_offers.take(question))
            return;
        if (!found)
            Q_EMIT message(ErrorText::of(found.error()));
        m_offered = found.value_or(People());
        m_offered.removeIf([mine](const PersonProposal &one) { return one.contact == mine; });
        QList<PickDialog::Choice> choices;
        for (const PersonProposal &one : std::as_const(m_offered)) {
            // Also whom the handle leads to is found by what is typed.
            const bool isBoth = !one.name.isEmpty() && !one.handle.isEmpty();
            choices.append({isBoth ? one.name + QLatin1Char(' ') + Wording::isolated(one.handle) : nameOf(one),
                            Wording::isolated(one.channelName),
                            {}});
        }
        dialog.setChoices(choices);
    });
}

void ContactCard::merge(ContactId other, const QString &name, const Person &mine)
{
    m_actions->perform(tr("Merged %1 with %2").arg(Wording::isolated(name), Wording::isolated(mine.name)),
                       {makeAction(Act::MergeContacts{other, mine.contact}, m_desk.workspace().clock().now())});
}

void ContactCard::mergeByNumber(const QString &number, const Person &mine)
{
    using Row = std::optional<ConversationRecord>;
    const Time now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Row>([value = Wording::numberIn(number), me = m_desk.me(), now](Database &database) {
            return conversationByNumber(database, value, me, now);
        });
    whenDone(future, this, [this, number, mine](const Result<Row> &row) {
        if (!row || !*row) {
            Q_EMIT message(row ? tr("There is no conversation %1.").arg(Wording::isolated(number))
                               : ErrorText::of(row.error()));
            return;
        }
        const ConversationRecord &other = **row;
        if (other.contact == mine.contact) {
            Q_EMIT message(tr("They are one contact already."));
            return;
        }
        merge(other.contact, other.contactName, mine);
    });
}

} // namespace Earshot
