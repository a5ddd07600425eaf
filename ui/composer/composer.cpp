// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "model/textcount.h"
#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/mediakeeper.h"
#include "ui/composer/modelook.h"
#include "ui/composer/notecompletion.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace Earshot {

namespace {

constexpr int frameLine = 2;
constexpr int barWidth = 5;

} // namespace

Composer::Composer(Desk &desk, QWidget *parent)
    : QFrame(parent)
    , m_desk(desk)
    , m_modes(new QButtonGroup(this))
    , m_move(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_counter(new PlainLabel(this))
    , m_context(new PlainLabel(this))
    , m_quote(new PlainLabel(this))
    , m_warning(new QLineEdit(this))
    , m_edit(new ComposerEdit(this))
    , m_attachments(new AttachmentList(this))
    , m_choices(new ChoiceBar(this))
    , m_attach(new QToolButton(this))
    , m_hint(new PlainLabel(this))
    , m_send(new QPushButton(this))
    , m_completion(new NoteCompletion(m_edit))
{
    setObjectName(QStringLiteral("composer"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(barWidth + 10, 8, 12, 10);
    column->setSpacing(6);
    buildHead();
    column->addWidget(m_context);
    column->addWidget(m_quote);
    column->addWidget(m_warning);
    column->addWidget(m_edit, 1);
    column->addWidget(m_attachments);
    column->addWidget(m_choices);
    buildFoot();
    m_choices->setObjectName(QStringLiteral("composerChoices"));
    m_context->setObjectName(QStringLiteral("composerContext"));
    m_quote->setObjectName(QStringLiteral("composerQuote"));
    m_quote->setQuiet(true);
    m_warning->setObjectName(QStringLiteral("composerWarning"));
    m_warning->setAccessibleName(tr("Content warning"));
    m_warning->setPlaceholderText(tr("Content warning (optional)"));
    connect(m_warning, &QLineEdit::textChanged, this, &Composer::keepDraft);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::keepDraft);
    connect(m_attachments, &AttachmentList::changed, this, &Composer::keepDraft);
    connect(m_edit, &ComposerEdit::sendWanted, this, [this](bool thenResolve) { send(thenResolve); });
    connect(m_edit, &ComposerEdit::closeWanted, this, &Composer::closeEditor);
    connect(m_edit, &ComposerEdit::filesGiven, this, &Composer::addFiles);
    connect(m_edit, &ComposerEdit::imageGiven, this, &Composer::addImage);
    hide();
}

Composer::~Composer()
{
    // The drafts' documents die before the editor does.
    m_edit->setDocument(nullptr);
}

void Composer::buildHead()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    for (const Mode mode : ModeLook::all) {
        auto *button = new QToolButton(this);
        button->setObjectName(QStringLiteral("mode%1").arg(static_cast<int>(mode)));
        button->setText(ModeLook::word(mode));
        button->setAccessibleName(ModeLook::word(mode));
        button->setIcon(Icons::icon(ModeLook::icon(mode)));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setAutoRaise(true);
        m_modes->addButton(button, static_cast<int>(mode));
        head->addWidget(button);
    }
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { open(static_cast<Mode>(id)); });
    head->addStretch(1);
    m_counter->setObjectName(QStringLiteral("composerCounter"));
    m_counter->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    head->addWidget(m_counter);
    m_move->setObjectName(QStringLiteral("composerMove"));
    m_move->setText(tr("Move text to…"));
    m_move->setAccessibleName(m_move->text());
    m_move->setAutoRaise(true);
    m_move->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_move);
    for (const Mode mode : ModeLook::all)
        menu->addAction(Icons::icon(ModeLook::icon(mode)), ModeLook::word(mode), this,
                        [this, mode] { moveTextTo(mode); });
    m_move->setMenu(menu);
    head->addWidget(m_move);
    m_close->setObjectName(QStringLiteral("composerClose"));
    m_close->setIcon(Icons::icon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close; the draft is kept"));
    m_close->setToolTip(tr("Close; the draft is kept (Esc)"));
    connect(m_close, &QToolButton::clicked, this, &Composer::closeEditor);
    head->addWidget(m_close);
    static_cast<QVBoxLayout *>(layout())->addLayout(head);
}

void Composer::buildFoot()
{
    auto *foot = new QHBoxLayout;
    m_attach->setObjectName(QStringLiteral("composerAttach"));
    m_attach->setText(tr("Attach…"));
    m_attach->setAccessibleName(tr("Attach a picture or film"));
    m_attach->setIcon(Icons::icon(QStringLiteral("add")));
    m_attach->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_attach->setAutoRaise(true);
    connect(m_attach, &QToolButton::clicked, this, &Composer::pickFiles);
    foot->addWidget(m_attach);
    m_hint->setQuiet(true);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    foot->addWidget(m_hint, 1);
    m_send->setObjectName(QStringLiteral("composerSend"));
    m_send->setAutoDefault(false);
    connect(m_send, &QPushButton::clicked, this, [this] { send(false); });
    foot->addWidget(m_send);
    static_cast<QVBoxLayout *>(layout())->addLayout(foot);
}

void Composer::setSubject(const ComposerSubject &subject)
{
    const bool isOther = subject.conversation.id != m_subject.conversation.id;
    if (isOther) {
        closeEditor();
        m_targets.clear();
        m_target.reset();
    }
    m_subject = subject;
    QStringList names;
    for (const AgentRecord &agent : subject.agents) {
        if (!agent.isDisabled)
            names.append(agent.name);
    }
    names.sort(Qt::CaseInsensitive);
    m_completion->setNames(names);
    if (subject.newestInbound)
        m_targets.insert(subject.newestInbound->id, *subject.newestInbound);
    if (m_mode) {
        showTarget();
        showCount();
    }
}

void Composer::restoreDrafts(const QList<DraftRecord> &drafts)
{
    for (const DraftRecord &draft : drafts)
        m_book.restore(draft);
}

Draft &Composer::draft()
{
    return m_book.draft(m_subject.conversation.id, m_mode.value_or(Mode::note));
}

Seq Composer::basedOn()
{
    return m_mode ? draft().basedOn : 0;
}

void Composer::acknowledge(Seq seq)
{
    if (!m_mode)
        return;
    draft().basedOn = std::max(draft().basedOn, seq);
    m_choices->clear();
    keepDraft();
}

bool Composer::canWrite(Mode mode, QString *why) const
{
    const Capabilities &can = m_subject.channel.capabilities;
    const bool isPrivateAlready = m_subject.newestInbound && m_subject.newestInbound->visibility == Visibility::direct;
    if (mode != Mode::note && m_subject.channel.isRemoved())
        *why = tr("This channel was removed: only notes can be written.");
    else if (mode != Mode::note && !can.canReply)
        *why = tr("This channel can only be read: only notes can be written.");
    else if (mode == Mode::privateReply && !can.canReplyPrivately && !isPrivateAlready)
        *why = tr("This channel has no private replies.");
    else if (mode != Mode::note && !m_subject.newestInbound)
        *why = tr("There is no message to answer here yet.");
    else
        return true;
    return false;
}

void Composer::open(Mode mode, const std::optional<MessageRecord> &target)
{
    if (!m_subject.conversation.id.isValid() || m_isSending)
        return;
    QString why;
    if (!canWrite(mode, &why)) {
        if (m_mode)
            m_modes->button(static_cast<int>(*m_mode))->setChecked(true);
        Q_EMIT message(why);
        return;
    }
    const bool wasOpen = m_mode.has_value();
    if (wasOpen)
        draft().cursor = m_edit->textCursor().position();
    m_mode = mode;
    Draft &now = draft();
    if (target) {
        m_targets.insert(target->id, *target);
        now.target = target->id;
    }
    if (!m_targets.contains(now.target))
        now.target = m_subject.newestInbound ? m_subject.newestInbound->id : MessageId();
    if (now.basedOn == 0 || now.isEmpty())
        now.basedOn = m_subject.conversation.seq;
    fill();
    showMode();
    show();
    m_edit->setFocus();
    if (!wasOpen)
        Q_EMIT openChanged(true);
}

void Composer::fill()
{
    m_isLoading = true;
    Draft &now = draft();
    now.document->setDefaultFont(m_edit->font());
    m_edit->setDocument(now.document.get());
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(std::min(now.cursor, now.document->characterCount() - 1));
    m_edit->setTextCursor(cursor);
    m_warning->setText(now.contentWarning);
    m_attachments->setMedia(now.media);
    m_choices->clear();
    m_isLoading = false;
}

void Composer::closeEditor()
{
    if (!m_mode)
        return;
    if (!m_isSending)
        keepDraft();
    draft().cursor = m_edit->textCursor().position();
    m_mode.reset();
    m_completion->setActive(false);
    hide();
    Q_EMIT openChanged(false);
}

void Composer::keepDraft()
{
    if (m_isLoading || !m_mode)
        return;
    Draft &now = draft();
    if (*m_mode != Mode::note && m_subject.channel.capabilities.hasContentWarning)
        now.contentWarning = m_warning->text();
    now.media = m_attachments->media();
    if (now.isEmpty()) {
        m_desk.dropDraft(m_subject.conversation.id, *m_mode);
        // Who begins again answers what is on screen now.
        now.basedOn = m_subject.conversation.seq;
    } else {
        m_desk.saveDraft(m_book.record(m_subject.conversation.id, *m_mode, m_desk.workspace().clock().now()));
    }
    showCount();
}

QString Composer::channelName() const
{
    const ChannelRecord &channel = m_subject.channel;
    return channel.accountHandle.isEmpty() ? channel.name : channel.accountHandle;
}

void Composer::showMode()
{
    const bool isNote = m_mode == Mode::note;
    const Capabilities &can = m_subject.channel.capabilities;
    m_modes->button(static_cast<int>(*m_mode))->setChecked(true);
    setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setAccessibleName(ModeLook::word(*m_mode));
    m_edit->setPlaceholderText(isNote ? tr("Only your team sees this. @ mentions a colleague.") : QString());
    m_warning->setVisible(!isNote && can.hasContentWarning);
    m_attach->setVisible(!isNote && can.maxMedia > 0);
    m_edit->setTakesMedia(!isNote && can.maxMedia > 0);
    m_completion->setActive(isNote);
    m_hint->setText(isNote ? tr("Ctrl+Enter saves · Esc closes")
                           : tr("Ctrl+Enter sends · with Shift also resolves · Esc closes"));
    QPalette colors = palette();
    colors.setColor(QPalette::Base, isNote ? ModeLook::tint(Mode::note, palette()) : palette().color(QPalette::Base));
    m_edit->setPalette(colors);
    showSendButton();
    showTarget();
    showCount();
    update();
}

void Composer::showSendButton()
{
    QString text;
    if (m_mode == Mode::note)
        text = tr("Save note");
    else if (m_mode == Mode::privateReply)
        text = tr("Send privately to %1").arg(Wording::isolated(m_subject.conversation.contactName));
    else
        text = tr("Publish as %1").arg(Wording::isolated(channelName()));
    if (m_isSending)
        text = m_mode == Mode::note ? tr("Saving…") : tr("Handing over…");
    // A mnemonic is ours to give, not a stranger's name's.
    const QString shown = m_send->fontMetrics().elidedText(text, Qt::ElideRight, 320);
    m_send->setText(QString(shown).replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_send->setAccessibleName(text);
    m_send->setIcon(Icons::icon(ModeLook::icon(*m_mode)));
    m_send->setEnabled(!m_isSending);
}

void Composer::showTarget()
{
    m_target.reset();
    if (const auto found = m_targets.constFind(draft().target); found != m_targets.cend())
        m_target = *found;
    if (m_mode == Mode::note || !m_target) {
        m_context->setText(tr("Stays in the workspace"));
        m_quote->hide();
        return;
    }
    QStringList handles = {m_target->authorHandle.isEmpty() ? m_target->authorName : m_target->authorHandle};
    if (m_mode == Mode::reply)
        handles.append(m_target->mentions);
    for (QString &handle : handles)
        handle = Wording::isolated(handle);
    QString text = m_mode == Mode::reply
                       ? tr("Everybody can read this. Notified: %1").arg(handles.join(QStringLiteral(", ")))
                       : tr("Only %1 can read this.").arg(handles.join(QStringLiteral(", ")));
    if (m_subject.channel.isPaused())
        text = tr("Sending is stopped here (%1): the reply will wait.")
                   .arg(Wording::isolated(m_subject.channel.pauseReason));
    m_context->setText(text);
    const QString excerpt =
        m_target->contentWarning.isEmpty() ? m_target->text.simplified().left(200) : m_target->contentWarning;
    m_quote->setText(tr("Answers %1, %2: %3")
                         .arg(Wording::isolated(m_target->authorName), Wording::clockTime(m_target->sortAt),
                              Wording::isolated(excerpt)));
    m_quote->show();
}

void Composer::showCount()
{
    if (!m_mode)
        return;
    const bool isNote = m_mode == Mode::note;
    const TextCount count =
        countText(m_edit->toPlainText(), isNote ? QString() : draft().contentWarning, m_subject.channel.capabilities);
    const bool hasLimit = !isNote && count.limit > 0;
    m_counter->setVisible(hasLimit);
    m_edit->markFrom(hasLimit && count.isTooLong() ? count.cutAt : -1);
    if (!hasLimit)
        return;
    m_counter->setText(count.isTooLong() ? tr("%n too many", nullptr, count.used - count.limit)
                                         : tr("%n left", nullptr, count.limit - count.used));
    m_counter->setBold(count.isTooLong());
    m_counter->updateGeometry();
}

void Composer::moveTextTo(Mode mode)
{
    if (!m_mode || mode == *m_mode)
        return;
    const Mode from = *m_mode;
    const QString text = m_edit->toPlainText();
    open(mode);
    if (m_mode != mode)
        return;
    m_edit->textCursor().insertText(text);
    // Taken out of the old draft by an edit, so that its undo brings it back there.
    Draft &old = m_book.draft(m_subject.conversation.id, from);
    QTextCursor all(old.document.get());
    all.select(QTextCursor::Document);
    all.removeSelectedText();
    if (old.isEmpty())
        m_desk.dropDraft(m_subject.conversation.id, from);
}

void Composer::takeBack(const MessageRecord &reply)
{
    const Mode mode = reply.visibility == Visibility::direct ? Mode::privateReply : Mode::reply;
    if (reply.conversation != m_subject.conversation.id || m_book.has(reply.conversation, mode))
        return;
    Draft &place = m_book.draft(reply.conversation, mode);
    place.document->setPlainText(reply.text);
    place.contentWarning = reply.contentWarning;
    place.basedOn = m_subject.conversation.seq;
    place.cursor = int(reply.text.size());
    for (const MediaRecord &media : reply.media) {
        if (!media.hash.isEmpty())
            place.media.append({media.hash, media.type, media.description});
    }
    open(mode);
    keepDraft();
}

void Composer::pickFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Composer::addFiles);
    dialog->open();
}

void Composer::addFiles(const QStringList &paths)
{
    const Capabilities &can = m_subject.channel.capabilities;
    if (!m_mode || m_attachments->media().size() + paths.size() > can.maxMedia) {
        m_choices->ask(tr("This network takes at most %n attachment(s).", nullptr, can.maxMedia));
        return;
    }
    for (const QString &path : paths) {
        whenDone(MediaKeeper::keepFile(m_desk.workspace().mediaFolder(), path, can.maxMediaBytes), this,
                 [this, conversation = m_subject.conversation.id, mode = *m_mode](const Result<OutgoingMedia> &media) {
                     takeMedia(conversation, mode, media);
                 });
    }
}

void Composer::addImage(const QImage &image)
{
    const Capabilities &can = m_subject.channel.capabilities;
    if (!m_mode || image.isNull() || m_attachments->media().size() >= can.maxMedia)
        return;
    whenDone(MediaKeeper::keepImage(m_desk.workspace().mediaFolder(), image, can.maxMediaBytes), this,
             [this, conversation = m_subject.conversation.id, mode = *m_mode](const Result<OutgoingMedia> &media) {
                 takeMedia(conversation, mode, media);
             });
}

void Composer::takeMedia(ConversationId conversation, Mode mode, const Result<OutgoingMedia> &media)
{
    const bool isStillHere = m_subject.conversation.id == conversation && m_mode == mode;
    if (!media) {
        const bool isTooLarge = media.error().kind == ErrorKind::tooLarge;
        const bool isWrong = media.error().kind == ErrorKind::unsupported;
        m_choices->ask(isTooLarge ? tr("This file is larger than the network takes.")
                       : isWrong  ? tr("Only pictures, films and sounds can be attached.")
                                  : ErrorText::of(media.error()));
        return;
    }
    // It goes where it was given, also when its writer has gone on meanwhile.
    if (isStillHere)
        m_attachments->add(*media);
    else
        m_book.draft(conversation, mode).media.append(*media);
}

void Composer::paintEvent(QPaintEvent *)
{
    if (!m_mode)
        return;
    QPainter painter(this);
    const QColor color = ModeLook::color(*m_mode, palette());
    painter.fillRect(rect(), ModeLook::tint(*m_mode, palette()));
    painter.setPen(QPen(color, frameLine, *m_mode == Mode::note ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(QRect(isRtl ? width() - barWidth : 0, 0, barWidth, height()), color);
}

void Composer::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_mode)
        showMode();
}

} // namespace Earshot
