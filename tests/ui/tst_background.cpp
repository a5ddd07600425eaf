// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/background.h"

#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <QSemaphore>
#include <QTest>

#include <thread>

using namespace Earshot;

/// What takes its time, as a backup, keeps no window from being painted.
class BackgroundTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowsArePaintedMeanwhile();
};

void BackgroundTest::windowsArePaintedMeanwhile()
{
    QThreadPool &threads = backgroundThreads();
    QSemaphore isOver;
    QSemaphore isPainted;
    const int count = threads.maxThreadCount();
    QVERIFY(count >= 2);
    for (int i = 0; i < count; ++i)
        threads.start([&isOver] { isOver.acquire(); });
    // Else a failure would be a test that never ends.
    bool isInTime = false;
    std::thread patience([&] {
        isInTime = isPainted.tryAcquire(1, 5000);
        isOver.release(count);
    });
    QImage image(800, 600, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    QLinearGradient gradient(0, 0, 800, 600);
    gradient.setColorAt(0, Qt::white);
    gradient.setColorAt(1, Qt::black);
    painter.fillRect(image.rect(), gradient);
    painter.end();
    isPainted.release();
    patience.join();
    QVERIFY(isInTime);
    QVERIFY(threads.waitForDone(5000));
}

QTEST_MAIN(BackgroundTest)
#include "tst_background.moc"
