// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/mediaviewer.h"

#include "model/background.h"
#include "ui/conversation/pictureloader.h"
#include "ui/conversation/zoomedpicture.h"
#include "ui/shell/accessiblerole.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "workspace/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeDatabase>
#include <QPromise>
#include <QScreen>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int leastZoom = 10;
constexpr int mostZoom = 800;
/// As large as anything is decoded; what is larger is shown at this size.
constexpr QSize largest(4096, 4096);
constexpr qint64 blockSize = 1024 * 1024; ///< bytes copied at once

/// On a thread of the pool.
template <class T, class Work>
QFuture<T> later(Work work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    backgroundThreads().start([promise, call = std::move(work)] {
        promise->addResult(call());
        promise->finish();
    });
    return future;
}

Done copyTo(const QString &from, const QString &path)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(source.exists() ? ErrorKind::io : ErrorKind::notFound, from);
    QSaveFile target(path);
    bool isWritten = target.open(QIODevice::WriteOnly);
    while (isWritten && !source.atEnd()) {
        const QByteArray block = source.read(blockSize);
        isWritten = !block.isEmpty() && target.write(block) == block.size();
    }
    if (isWritten && commitWhole(target))
        return {};
    const bool isFull = target.error() == QFileDevice::ResourceError;
    return fail(isFull ? ErrorKind::diskFull : ErrorKind::io, path);
}

} // namespace

MediaViewer::MediaViewer(QString folder, QList<MediaRecord> media, int index, QWidget *parent)
    : QDialog(parent)
    , m_folder(std::move(folder))
    , m_media(std::move(media))
    , m_area(new QScrollArea(this))
    , m_picture(new ZoomedPicture(this))
    , m_description(new PlainLabel(this))
    , m_trouble(new PlainLabel(this))
    , m_size(new PlainLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("mediaViewer"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_area->setObjectName(QStringLiteral("mediaArea"));
    setAccessibleRole(*m_area, QAccessible::Graphic);
    m_area->setWidget(m_picture);
    m_area->setAlignment(Qt::AlignCenter);
    m_area->setFocusPolicy(Qt::StrongFocus);
    m_area->viewport()->installEventFilter(this);
    m_area->installEventFilter(this);
    m_description->setObjectName(QStringLiteral("mediaDescription"));
    m_description->setWrapping(true);
    m_trouble->setObjectName(QStringLiteral("mediaTrouble"));
    m_trouble->setWrapping(true);
    m_trouble->hide();
    m_size->setObjectName(QStringLiteral("mediaZoom"));
    m_size->setQuiet(true);
    m_previous =
        addButton("mediaPrevious", tr("Previous"), tr("Previous attachment (Left)"), [this] { showAt(m_index - 1); });
    m_next = addButton("mediaNext", tr("Next"), tr("Next attachment (Right)"), [this] { showAt(m_index + 1); });
    m_zooming = {
        addButton("mediaSmaller", tr("Smaller"), tr("Smaller (-)"), [this] { setZoom(m_zoom * 4 / 5); }),
        addButton("mediaLarger", tr("Larger"), tr("Larger (+)"), [this] { setZoom(m_zoom * 5 / 4 + 1); }),
        addButton("mediaActual", tr("100 %"), tr("As it is (0)"), [this] { setZoom(100); }),
        addButton("mediaFit", tr("Fit"), tr("Fit into the window (F)"), [this] { fit(); }),
    };
    m_buttons->addWidget(m_size);
    m_buttons->addStretch(1);
    m_save = addButton("mediaSave", tr("Save as…"), tr("Save the file (Ctrl+S)"), [this] { askWhere(); });
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_area, 1);
    column->addWidget(m_description);
    column->addWidget(m_trouble);
    column->addLayout(m_buttons);
    resize((QSize(1000, 720)).boundedTo(screen()->availableSize() - QSize(80, 80)));
    showAt(index);
    m_area->setFocus();
}

QToolButton *MediaViewer::addButton(const char *name, const QString &text, const QString &help,
                                    std::function<void()> run)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(help);
    button->setToolTip(help);
    connect(button, &QToolButton::clicked, this, [call = std::move(run)] { call(); });
    m_buttons->addWidget(button);
    return button;
}

void MediaViewer::showAt(int index)
{
    if (index < 0 || index >= m_media.size())
        return;
    m_index = index;
    m_isFitted = true;
    const MediaRecord &media = m_media.at(index);
    setWindowTitle(tr("Attachment %1 of %2").arg(index + 1).arg(m_media.size()));
    const QString description = media.description.isEmpty() ? tr("There is no description.") : media.description;
    m_description->setText(description);
    m_area->setAccessibleName(description);
    m_previous->setEnabled(index > 0);
    m_next->setEnabled(index + 1 < m_media.size());
    m_save->setEnabled(!media.hash.isEmpty());
    m_trouble->hide();
    m_picture->setText({});
    m_size->setText({});
    for (QToolButton *button : std::as_const(m_zooming))
        button->setEnabled(false);
    const QString path = m_folder + QLatin1Char('/') + media.hash;
    if (media.hash.isEmpty() || media.hash.contains(QLatin1Char('/'))) {
        m_picture->setText(tr("This attachment was not fetched."));
        return;
    }
    const auto levels =
        later<QList<QImage>>([path] { return ZoomedPicture::levelsOf(PictureLoader::decode(path, largest)); });
    whenDone(levels, this, [this, index](const QList<QImage> &decoded) { take(index, decoded); });
}

void MediaViewer::take(int index, const QList<QImage> &levels)
{
    if (index != m_index)
        return;
    if (levels.isEmpty()) {
        m_picture->setText(tr("This picture cannot be shown here, but it can be saved."));
        return;
    }
    m_picture->setLevels(levels);
    for (QToolButton *button : std::as_const(m_zooming))
        button->setEnabled(true);
    fit();
}

void MediaViewer::fit()
{
    if (m_picture->isEmpty())
        return;
    const QSize whole = m_picture->pictureSize();
    const QSize room = m_area->maximumViewportSize() * devicePixelRatioF();
    const QSize fitted = whole.scaled(room, Qt::KeepAspectRatio).boundedTo(whole);
    setZoom(std::max(leastZoom, fitted.width() * 100 / std::max(1, whole.width())));
    m_isFitted = true;
}

void MediaViewer::setZoom(int percent)
{
    if (m_picture->isEmpty())
        return;
    m_isFitted = false;
    m_zoom = std::clamp(percent, leastZoom, mostZoom);
    m_picture->setZoom(m_zoom);
    m_size->setText(tr("%1 %").arg(m_zoom));
}

void MediaViewer::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (m_isFitted)
        fit();
}

bool MediaViewer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area->viewport() && event->type() == QEvent::Wheel) {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        if (wheel->modifiers() & Qt::ControlModifier) {
            setZoom(wheel->angleDelta().y() > 0 ? m_zoom * 5 / 4 + 1 : m_zoom * 4 / 5);
            return true;
        }
    }
    // The area scrolls with the arrows; where there is nothing to scroll they go on.
    if (watched == m_area && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isWide = m_picture->width() > m_area->viewport()->width();
        if ((key == Qt::Key_Left || key == Qt::Key_Right) && !isWide) {
            keyPressEvent(static_cast<QKeyEvent *>(event));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void MediaViewer::keyPressEvent(QKeyEvent *event)
{
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(m_zoom * 5 / 4 + 1);
        return;
    case Qt::Key_Minus:
        setZoom(m_zoom * 4 / 5);
        return;
    case Qt::Key_0:
        setZoom(100);
        return;
    case Qt::Key_F:
        fit();
        return;
    case Qt::Key_Left:
        showAt(m_index + (isMirrored ? 1 : -1));
        return;
    case Qt::Key_Right:
        showAt(m_index + (isMirrored ? -1 : 1));
        return;
    default:
        break;
    }
    if (event->matches(QKeySequence::Save))
        askWhere();
    else
        QDialog::keyPressEvent(event);
}

QFuture<Done> MediaViewer::saveAs(const QString &path) const
{
    const QString hash = m_media.at(m_index).hash;
    const bool isFile = !hash.isEmpty() && !hash.contains(QLatin1Char('/'));
    const QString from = isFile ? m_folder + QLatin1Char('/') + hash : QString();
    return later<Done>([from, path] { return from.isEmpty() ? Done(fail(ErrorKind::notFound)) : copyTo(from, path); });
}

void MediaViewer::save(const QString &path)
{
    m_trouble->setText(tr("Saving…"));
    m_trouble->show();
    whenDone(saveAs(path), this, [this, path](const Done &saved) {
        m_trouble->setText(saved ? tr("Saved as %1.").arg(Wording::isolated(QDir::toNativeSeparators(path)))
                                 : tr("Not saved. %1").arg(ErrorText::of(saved.error())));
        m_trouble->show();
    });
}

void MediaViewer::askWhere()
{
    if (!m_save->isEnabled())
        return;
    auto *dialog = new QFileDialog(this, tr("Save attachment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = QMimeDatabase().mimeTypeForName(m_media.at(m_index).type).preferredSuffix();
    dialog->selectFile(tr("attachment %1").arg(m_index + 1) +
                       (suffix.isEmpty() ? QString() : QLatin1Char('.') + suffix));
    connect(dialog, &QFileDialog::fileSelected, this, &MediaViewer::save);
    dialog->open();
}

} // namespace Earshot
