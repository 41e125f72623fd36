document.querySelector('main').textContent = 'Clinic KPI';
