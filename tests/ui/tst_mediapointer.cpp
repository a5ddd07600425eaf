// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/mediaviewer.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QImage>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// An attachment is looked at and saved by pointer alone.
class MediaPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { delete m_viewer; }
    void buttonsMakeItLargerAndSmaller();
    void wheelDoesTheSame();
    void nextAndPreviousAreClicked();
    void fileIsSaved();

private:
    void click(const char *name)
    {
        auto *button = m_viewer->findChild<QWidget *>(QString::fromLatin1(name));
        QTRY_VERIFY2(button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void turnWheel(int by, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] QString said(const char *name) const
    {
        return m_viewer->findChild<QWidget *>(QString::fromLatin1(name))->accessibleName();
    }

    QTemporaryDir m_folder;
    MediaViewer *m_viewer = nullptr;
};

/// Two pictures, the first of them larger than the window.
void MediaPointerTest::init()
{
    QList<MediaRecord> media;
    for (const auto &[hash, size] : {std::pair(u"large"_s, QSize(2000, 1000)), std::pair(u"small"_s, QSize(8, 8))}) {
        QImage picture(size, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        QVERIFY(picture.save(m_folder.filePath(hash), "PNG"));
        MediaRecord one;
        one.hash = hash;
        one.type = u"image/png"_s;
        one.description = u"The %1 lamp"_s.arg(hash);
        media.append(one);
    }
    m_viewer = new MediaViewer(m_folder.path(), media, 0, nullptr);
    m_viewer->setAttribute(Qt::WA_DeleteOnClose, false);
    m_viewer->resize(600, 500);
    m_viewer->show();
    QTRY_VERIFY(m_viewer->zoom() < 40); // it fits
}

void MediaPointerTest::turnWheel(int by, Qt::KeyboardModifiers modifiers)
{
    QWidget *target = m_viewer->findChild<QScrollArea *>(u"mediaArea"_s)->viewport();
    const QPoint middle = target->rect().center();
    QWheelEvent wheel(middle, target->mapToGlobal(middle), {}, QPoint(0, by), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(target, &wheel);
}

void MediaPointerTest::buttonsMakeItLargerAndSmaller()
{
    const int fitted = m_viewer->zoom();
    click("mediaActual");
    QCOMPARE(m_viewer->zoom(), 100);
    click("mediaLarger");
    QVERIFY(m_viewer->zoom() > 100);
    click("mediaSmaller");
    click("mediaSmaller");
    QVERIFY(m_viewer->zoom() < 100);
    QCOMPARE(said("mediaZoom"), u"%1 %"_s.arg(m_viewer->zoom()));
    click("mediaFit");
    QCOMPARE(m_viewer->zoom(), fitted);
}

/// With Control; else it scrolls.
void MediaPointerTest::wheelDoesTheSame()
{
    click("mediaActual");
    turnWheel(120, Qt::ControlModifier);
    QVERIFY(m_viewer->zoom() > 100);
    turnWheel(-120, Qt::ControlModifier);
    turnWheel(-120, Qt::ControlModifier);
    const int smaller = m_viewer->zoom();
    QVERIFY(smaller < 100);
    turnWheel(120, Qt::NoModifier);
    QCOMPARE(m_viewer->zoom(), smaller);
}

void MediaPointerTest::nextAndPreviousAreClicked()
{
    click("mediaNext");
    QCOMPARE(m_viewer->index(), 1);
    QCOMPARE(said("mediaDescription"), u"The small lamp"_s);
    QVERIFY(!m_viewer->findChild<QWidget *>(u"mediaNext"_s)->isEnabled());
    click("mediaPrevious");
    QCOMPARE(m_viewer->index(), 0);
    QCOMPARE(said("mediaDescription"), u"The large lamp"_s);
}

void MediaPointerTest::fileIsSaved()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    // Where the program was started is proposed.
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    click("mediaNext");
    click("mediaSave");
    QVERIFY(QDir::setCurrent(before));
    auto *dialog = m_viewer->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QWidget *save = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
    QTRY_VERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QTRY_VERIFY2(said("mediaTrouble").contains(u"attachment 2.png"_s), qPrintable(said("mediaTrouble")));
    QTRY_COMPARE(QImage(m_folder.filePath(u"attachment 2.png"_s)).size(), QSize(8, 8));
}

QTEST_MAIN(MediaPointerTest)
#include "tst_mediapointer.moc"
